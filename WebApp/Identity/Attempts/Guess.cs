namespace WebApp.Identity.Attempts;

/// <summary>A guess that <see cref="GuessLimits"/> has counted, or refused.</summary>
/// <param name="Wait">How long the client must wait, because it may not guess now; null when it may.</param>
public sealed record Guess(IReadOnlyList<CountedAttempt> Counted, TimeSpan? Wait);
