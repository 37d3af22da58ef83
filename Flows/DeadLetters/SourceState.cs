namespace Flows.DeadLetters;

/// <summary>What is known of one source.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many dead letters it has; with <see cref="UnreachableSince"/>, how many it had.</param>
/// <param name="Letters">Those that were read: the oldest <see cref="DeadLetterClient.MostRead"/> of each queue.</param>
/// <param name="ReadAt">When it last answered; null when it never did.</param>
/// <param name="UnreachableSince">When it stopped answering; null while it answers.</param>
/// <param name="Fault">Why it does not answer, or refuses.</param>
public sealed record SourceState(
    string Name, long Count, IReadOnlyList<DeadLetter> Letters, DateTimeOffset? ReadAt, DateTimeOffset? UnreachableSince, string? Fault);
