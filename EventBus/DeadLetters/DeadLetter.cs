using EventBus.Transport;

namespace EventBus.DeadLetters;

/// <summary>A message that could not be handled.</summary>
public sealed record DeadLetter
{
    /// <summary>
    /// Identifies this failure in all queues. The message that fails again after a replay is another dead letter. Two copies of one
    /// failure, which a crash can leave, share an id.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>
    /// The same for dead letters with the same type, reason, exception type and frame, in any queue: they most likely have one cause.
    /// </summary>
    public required string Group { get; init; }

    /// <summary>The queue in which it failed.</summary>
    public required string Queue { get; init; }

    /// <summary>Null when the message has no id that is a UUID; replayed, it fails again.</summary>
    public required Guid? MessageId { get; init; }

    /// <summary>The wire name; null when the message has none.</summary>
    public required string? Type { get; init; }

    /// <summary>The aggregate it is about; null when the message has none.</summary>
    public required string? Key { get; init; }

    /// <summary>The business key of its flow; null when the message has none.</summary>
    public required string? CorrelationId { get; init; }

    /// <summary>One of <see cref="DeadLetterReasons"/>, or the reason that the broker itself gave.</summary>
    public required string Reason { get; init; }

    /// <summary>Full name of the exception's type; null when there was none.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The exception's message, cut at 8 KB.</summary>
    public string? ExceptionMessage { get; init; }

    /// <summary>The exception with its stack, cut at 8 KB.</summary>
    public string? ExceptionStack { get; init; }

    /// <summary>
    /// The first stack frame in the handler's assembly, as in <c>Catalog.Api.Stock.ReserveStock.HandleAsync</c>; null when there is none.
    /// </summary>
    public string? ExceptionFrame { get; init; }

    /// <summary>How many attempts failed.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was written to the outbox of its sender.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its first attempt failed.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>When its last attempt failed.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>When it was replayed before it failed again; null when it never was.</summary>
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>The id of the dead letter that was replayed then.</summary>
    public string? ReplayOf { get; init; }

    /// <summary>W3C trace context of the span that created the message; null when the message has none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The application that published it.</summary>
    public string? OriginApp { get; init; }

    /// <summary>All its headers, as text.</summary>
    public required IReadOnlyDictionary<string, string?> Headers { get; init; }

    /// <summary>The body as text.</summary>
    public required string Body { get; init; }
}
