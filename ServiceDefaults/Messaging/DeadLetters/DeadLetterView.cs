using System.Diagnostics;
using EventBus.DeadLetters;

namespace ServiceDefaults.Messaging.DeadLetters;

/// <summary>A dead letter without the parts that may hold personal data.</summary>
/// <param name="Group">The same for dead letters with the same type, reason, exception type and frame, in every service.</param>
/// <param name="ConversationId">The business key of its flow.</param>
/// <param name="Frame">The first stack frame of the handler's code.</param>
/// <param name="FailedAt">When its last attempt failed.</param>
/// <param name="ReplayOf">The id of the dead letter that was replayed and led to this one.</param>
internal sealed record DeadLetterView(
    string Id,
    string Group,
    string Queue,
    Guid? MessageId,
    string? Type,
    string? Key,
    string? ConversationId,
    string? TraceId,
    string Reason,
    string? ExceptionType,
    string? ExceptionMessage,
    string? Frame,
    int Attempts,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? FirstFailedAt,
    DateTimeOffset? FailedAt,
    DateTimeOffset? ReplayedAt,
    string? ReplayOf)
{
    public static DeadLetterView Of(DeadLetter letter) => new(
        letter.Id,
        letter.Group,
        letter.Queue,
        letter.MessageId,
        letter.Type,
        letter.Key,
        letter.CorrelationId,
        ActivityContext.TryParse(letter.TraceParent, traceState: null, out var trace) ? $"{trace.TraceId}" : null,
        letter.Reason,
        letter.ExceptionType,
        letter.ExceptionMessage,
        letter.ExceptionFrame,
        letter.Attempts,
        letter.CreatedAt,
        letter.FirstFailedAt,
        letter.LastFailedAt,
        letter.ReplayedAt,
        letter.ReplayOf);
}

/// <summary>A dead letter with everything that it holds.</summary>
internal sealed record DeadLetterContentView(
    DeadLetterView Letter, string? ExceptionStack, IReadOnlyDictionary<string, string?> Headers, string Body)
{
    public static DeadLetterContentView Of(DeadLetter letter) =>
        new(DeadLetterView.Of(letter), letter.ExceptionStack, letter.Headers, letter.Body);
}

/// <summary>What was done, or with a dry run would be.</summary>
/// <param name="Messages">The ids of the dead letters.</param>
/// <param name="Remaining">How many are left because the time of one request was over; repeat it for them.</param>
internal sealed record DeadLetterReport(IReadOnlyList<string> Messages, int Remaining);
