using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Messaging.DeadLetters;

internal sealed partial class ServiceDeadLetters
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Replayed {Count} dead letters; {Remaining} of those chosen are left")]
    private partial void LogReplayed(int count, int remaining);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Discarded dead letter {MessageId} ({Type}) of queue {Queue}")]
    private partial void LogDiscarded(Guid? messageId, string? type, string queue);
}
