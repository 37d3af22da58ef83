namespace EventBus.DeadLetters;

/// <summary>What a replay or discard did, or with a dry run would do.</summary>
/// <param name="Letters">The dead letters, as they were.</param>
/// <param name="Remaining">How many were chosen too but left, because <see cref="DeadLetterReplay.TimeLimit"/> was reached.</param>
public sealed record DeadLetterOutcome(IReadOnlyList<DeadLetter> Letters, int Remaining);
