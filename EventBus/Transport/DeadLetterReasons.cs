namespace EventBus.Transport;

/// <summary>Why a message is a dead letter (header <see cref="HeaderNames.Reason"/>). A broker may add reasons of its own.</summary>
public static class DeadLetterReasons
{
    /// <summary>Its handler failed at every attempt.</summary>
    public const string Failed = "handler-failed";

    /// <summary>This service has no handler for its type.</summary>
    public const string UnknownType = "unknown-type";

    /// <summary>None of the permitted senders of its type published it (<see cref="EventBusBuilder.AcceptOnly"/>).</summary>
    public const string WrongSender = "wrong-sender";

    /// <summary>The body is not JSON, or does not match the type.</summary>
    public const string BadBody = "bad-body";

    /// <summary>The type or the message id is missing or unusable, or the key is.</summary>
    public const string BadEnvelope = "bad-envelope";
}
