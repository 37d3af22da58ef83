using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

internal sealed partial class BatchRelay
{
    [LoggerMessage(Level = LogLevel.Warning,
        Message = "No queue receives {Returned} of {Count} messages of outbox partition {Partition} ({Types}). They stay in the "
            + "outbox and are retried; later messages with the same keys wait")]
    private partial void LogNoReceiver(int returned, int count, short partition, string types);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The broker refuses {Type} {MessageId}: {Reason} The message stays in the outbox; others pass it")]
    private partial void LogRefused(string type, Guid messageId, string reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The broker did not confirm {Refused} of {Count} messages of outbox partition {Partition}; they stay in the "
            + "outbox and are retried")]
    private partial void LogNotConfirmed(Exception reason, int refused, int count, short partition);
}
