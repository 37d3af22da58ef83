using Microsoft.Extensions.Logging;

namespace EventBus.Consuming;

internal sealed partial class MessageProcessor
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be reached: {Type} {MessageId} waits for it")]
    private partial void LogStoreAway(Exception fault, string type, Guid messageId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A batch of {Count} messages failed and is tried in halves")]
    private partial void LogBatchFailed(Exception fault, int count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Type} {MessageId} met a transient fault in try {Tries} and is tried again")]
    private partial void LogTryNow(Exception fault, string type, Guid messageId, int tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Type} {MessageId} failed at attempt {Attempt} and is tried again in {Delay}")]
    private partial void LogTryLater(Exception fault, string type, Guid messageId, int attempt, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Type} {MessageId} failed at attempt {Attempt} and is now a dead letter: {Reason}")]
    private partial void LogDeadLettered(Exception fault, string type, Guid messageId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Type} {MessageId} in queue {Queue} cannot be handled and is now a dead letter: {Reason}")]
    private partial void LogParked(string? type, string? messageId, string queue, string reason);
}
