namespace Flows.Topology;

/// <summary>Percentiles of a time. <see cref="Count"/> is the number of measurements.</summary>
public sealed record PartTimes(int Count, TimeSpan P50, TimeSpan P95, TimeSpan Max)
{
    /// <summary>Null if there is no measurement.</summary>
    public static PartTimes? Of(IEnumerable<TimeSpan?> measurements)
    {
        var sorted = measurements.OfType<TimeSpan>().ToArray();
        if (sorted.Length == 0)
        {
            return null;
        }

        Array.Sort(sorted);
        return new PartTimes(sorted.Length, At(sorted, 0.50), At(sorted, 0.95), sorted[^1]);
    }

    // The nearest rank: always a time that was really measured.
    private static TimeSpan At(TimeSpan[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
