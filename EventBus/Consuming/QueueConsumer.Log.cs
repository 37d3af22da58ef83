using Microsoft.Extensions.Logging;

namespace EventBus.Consuming;

internal sealed partial class QueueConsumer
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Consuming from {Queue} failed and starts again")]
    private partial void LogConsumerFailed(Exception fault, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Up to {Count} messages of {Queue} were neither acknowledged nor moved on; the broker delivers them again")]
    private partial void LogNotSettled(Exception fault, int count, string queue);
}
