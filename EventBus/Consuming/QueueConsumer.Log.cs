using Microsoft.Extensions.Logging;

namespace EventBus.Consuming;

internal sealed partial class QueueConsumer
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Consuming from {Queue} failed; retrying")]
    private partial void LogConsumerFailed(Exception fault, string queue);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Up to {Count} messages of {Queue} could not be settled; the broker delivers them again")]
    private partial void LogNotSettled(Exception fault, int count, string queue);
}
