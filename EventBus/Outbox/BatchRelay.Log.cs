using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

internal sealed partial class BatchRelay
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "No queue takes {Returned} of {Count} messages of outbox partition {Partition}: {Types}. They stay and are sent again, and the later ones of their keys wait")]
    private partial void LogNoReceiver(int returned, int count, short partition, string types);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Nobody listens to {Count} events of outbox partition {Partition}; they are in the queue 'unrouted'")]
    private partial void LogPutAside(int count, short partition);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker did not take {Refused} of {Count} messages of outbox partition {Partition}; they stay and are sent again")]
    private partial void LogNotTaken(Exception reason, int refused, int count, short partition);
}
