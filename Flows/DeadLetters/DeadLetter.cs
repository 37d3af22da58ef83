namespace Flows.DeadLetters;

/// <summary>A message that a service could not handle, as the service describes it. Its body is read only on demand.</summary>
public sealed record DeadLetter
{
    /// <summary>Identifies this failure: the same message that fails again after a replay has another id.</summary>
    public required string Id { get; init; }

    /// <summary>The same for failures of the same message type, reason, exception type and frame, in any service.</summary>
    public required string Group { get; init; }

    /// <summary>The name of the source; set by Flows.</summary>
    public string Source { get; init; } = "";

    public required string Queue { get; init; }

    public string? MessageId { get; init; }

    public string? Type { get; init; }

    public string? Key { get; init; }

    /// <summary>The key of the flow that the message belongs to.</summary>
    public string? ConversationId { get; init; }

    public string? TraceId { get; init; }

    public required string Reason { get; init; }

    public string? ExceptionType { get; init; }

    public string? ExceptionMessage { get; init; }

    /// <summary>The first stack frame of the service's own code.</summary>
    public string? Frame { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>The dead letter that was replayed and led to this one; null for a first failure.</summary>
    public string? ReplayOf { get; init; }

    public DateTimeOffset? ReplayedAt { get; init; }
}

/// <summary>A dead letter with the parts that may hold personal data.</summary>
/// <param name="Letter">The dead letter.</param>
/// <param name="ExceptionStack">The exception with its stack.</param>
/// <param name="Headers">As the broker has them, as text.</param>
/// <param name="Body">As text.</param>
public sealed record DeadLetterContent(
    DeadLetter Letter, string? ExceptionStack, IReadOnlyDictionary<string, string?> Headers, string Body);
