namespace ServiceDefaults;

/// <summary>
/// Collects every fault of a request before answering, for rules that attributes cannot say (a clock, several fields together).
/// The result is the <c>errors</c> of a validation problem: <c>{ field: [reason] }</c>.
/// </summary>
public sealed class Faults
{
    private readonly Dictionary<string, List<string>> _reasons = [];

    public bool Any => _reasons.Count > 0;

    /// <summary>Adds the fault unless <paramref name="holds"/>.</summary>
    public Faults Unless(bool holds, string field, string reason)
    {
        if (!holds)
        {
            (_reasons.TryGetValue(field, out var reasons) ? reasons : _reasons[field] = []).Add(reason);
        }

        return this;
    }

    public Dictionary<string, string[]> ToErrors() => _reasons.ToDictionary(fault => fault.Key, fault => fault.Value.ToArray());
}
