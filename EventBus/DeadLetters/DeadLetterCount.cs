namespace EventBus.DeadLetters;

/// <summary>How many dead letters a queue has.</summary>
/// <param name="Queue">The queue in which they failed.</param>
/// <param name="Count">Those that another reader holds at the moment may be left out.</param>
public sealed record DeadLetterCount(string Queue, long Count);
