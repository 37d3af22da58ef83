using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Messaging.DeadLetters;

internal sealed partial class DeadLetterAudit
{
    [LoggerMessage(
        EventName = "DeadLettersListed", Level = LogLevel.Information, Message = "User {UserId} listed {Count} dead letters")]
    private partial void LogListed(Guid userId, int count);

    [LoggerMessage(
        EventName = "DeadLetterPeeked", Level = LogLevel.Information, Message = "User {UserId} read the body of dead letter {DeadLetter}")]
    private partial void LogPeeked(Guid userId, string deadLetter);

    [LoggerMessage(
        EventName = "DeadLetterEdited", Level = LogLevel.Information,
        Message = "User {UserId} replaced the body of dead letter {DeadLetter}")]
    private partial void LogEdited(Guid userId, string deadLetter);

    [LoggerMessage(
        EventName = "DeadLetterReplayed", Level = LogLevel.Information, Message = "User {UserId} replayed dead letter {DeadLetter}")]
    private partial void LogReplayed(Guid userId, string deadLetter);

    [LoggerMessage(
        EventName = "DeadLetterDiscarded", Level = LogLevel.Information, Message = "User {UserId} discarded dead letter {DeadLetter}")]
    private partial void LogDiscarded(Guid userId, string deadLetter);
}
