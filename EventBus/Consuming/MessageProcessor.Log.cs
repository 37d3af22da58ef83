using Microsoft.Extensions.Logging;

namespace EventBus.Consuming;

internal sealed partial class MessageProcessor
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The store cannot be reached; {Type} {MessageId} is retried in {Pause}")]
    private partial void LogStoreUnavailable(Exception fault, string type, Guid messageId, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A batch of {Count} messages failed; retrying it in halves")]
    private partial void LogBatchFailed(Exception fault, int count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Type} {MessageId} conflicted with another transaction in try {Tries}; retrying")]
    private partial void LogConflict(Exception fault, string type, Guid messageId, int tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Type} {MessageId} failed at attempt {Attempt}; retrying in {Delay}")]
    private partial void LogTryLater(Exception fault, string type, Guid messageId, int attempt, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Type} {MessageId} failed at attempt {Attempt} and is now a dead letter: {Reason}")]
    private partial void LogDeadLettered(Exception fault, string type, Guid messageId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Type} {MessageId} in queue {Queue} from {Sender} cannot be handled and is now a dead letter: {Reason}")]
    private partial void LogUnusable(string? type, string? messageId, string queue, string reason, string? sender);
}
