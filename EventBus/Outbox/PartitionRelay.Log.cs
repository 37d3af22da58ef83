using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

internal sealed partial class PartitionRelay
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The relay of outbox partition {Partition} failed and starts again; nothing was removed unconfirmed")]
    private partial void LogRelayFailed(Exception fault, short partition);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker did not take {Refused} of {Count} messages of outbox partition {Partition}; they stay and are sent again")]
    private partial void LogNotTaken(Exception reason, int refused, int count, short partition);
}
