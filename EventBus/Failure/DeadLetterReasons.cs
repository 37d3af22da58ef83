namespace EventBus.Failure;

/// <summary>Why a message is a dead letter, as header <c>x-dead-letter-reason</c> says.</summary>
internal static class DeadLetterReasons
{
    /// <summary>Its handler threw at every attempt.</summary>
    public const string Failed = "handler-failed";

    /// <summary>Nothing in this service handles its type.</summary>
    public const string UnknownType = "unknown-type";

    /// <summary>Not JSON, or not what this service knows under its type.</summary>
    public const string BadBody = "bad-body";

    /// <summary>No type, or no message id that is a UUID.</summary>
    public const string BadEnvelope = "bad-envelope";
}
