namespace Flows.DeadLetters;

/// <summary>What an action did at all its sources, or with a dry run would do.</summary>
/// <param name="BySource">How many dead letters, by the name of the source.</param>
/// <param name="Remaining">How many are left, because a request would have taken too long: repeat the action for them.</param>
/// <param name="Faults">What each source that did not answer, or refused, says.</param>
public sealed record ActionOutcome(IReadOnlyDictionary<string, int> BySource, int Remaining, IReadOnlyList<string> Faults)
{
    public int Count => BySource.Values.Sum();
}
