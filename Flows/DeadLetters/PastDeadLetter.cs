namespace Flows.DeadLetters;

/// <summary>A dead letter that is no longer in its queue.</summary>
/// <param name="Letter">As it was last read.</param>
/// <param name="Fate">What happened to it.</param>
/// <param name="At">When Flows did that, or noticed it.</param>
public sealed record PastDeadLetter(DeadLetter Letter, Fate Fate, DateTimeOffset At);

public enum Fate
{
    /// <summary>It left the queue without an action in Flows.</summary>
    Gone,

    Replayed,

    Discarded,
}
