using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;

namespace ServiceBusBroker.Amqp;

/// <summary>The errors of Service Bus that its clients distinguish.</summary>
internal static class BrokerErrors
{
    private static readonly AmqpSymbol MessageLockLost = "com.microsoft:message-lock-lost";
    private static readonly AmqpSymbol SessionLockLost = "com.microsoft:session-lock-lost";
    private static readonly AmqpSymbol SessionLocked = "com.microsoft:session-cannot-be-locked";
    private static readonly AmqpSymbol Timeout = "com.microsoft:timeout";
    private static readonly AmqpSymbol ServerBusy = "com.microsoft:server-busy";

    public static AmqpException NotFound(string what) =>
        new(AmqpErrorCode.NotFound, $"The messaging entity '{what}' could not be found.");

    public static AmqpException NotImplemented(string what) =>
        new(AmqpErrorCode.NotImplemented, $"{what} is not implemented by this broker.");

    public static AmqpException NotAllowed(string why) => new(AmqpErrorCode.NotAllowed, why);

    public static AmqpException Full() => new(AmqpErrorCode.ResourceLimitExceeded, "The maximum entity size has been reached.");

    public static AmqpException Busy() => new(ServerBusy, "The request was terminated because the namespace is being throttled.");

    public static AmqpException TooLarge(ulong size, int limit) =>
        new(AmqpErrorCode.MessageSizeExceeded, $"The received message (size:{size}) exceeds the limit ({limit}).");

    public static AmqpException SessionCannotBeLocked(string session) =>
        new(SessionLocked, $"The requested session '{session}' cannot be accepted. It may be locked by another receiver.");

    public static AmqpException NoSession() => new(Timeout, "No session has messages.");

    public static AmqpException LockLost(bool isSession) =>
        new(isSession ? SessionLockLost : MessageLockLost, "The lock expired, or the message or session was taken away.");

    /// <summary>The status of a reply of <c>$management</c>.</summary>
    public static int StatusOf(AmqpSymbol condition) => condition.Value switch
    {
        "com.microsoft:message-lock-lost" or "com.microsoft:session-lock-lost" => 410,
        "amqp:not-found" => 404,
        "amqp:not-implemented" => 501,
        "com.microsoft:server-busy" => 503,
        _ => 400,
    };
}
