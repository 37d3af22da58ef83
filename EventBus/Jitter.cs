namespace EventBus;

/// <summary>Random variation of pauses, so that many processes do not act at the same moment.</summary>
internal static class Jitter
{
    /// <summary>The interval, varied by up to 20 %.</summary>
    public static TimeSpan Around(TimeSpan interval) => interval * (0.8 + (Random.Shared.NextDouble() * 0.4));

    /// <summary>
    /// A random pause below a bound that doubles with each attempt, from <paramref name="first"/> up to <paramref name="most"/>.
    /// </summary>
    public static TimeSpan Backoff(int attempt, TimeSpan first, TimeSpan most)
    {
        var bound = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30) - 1), most.TotalMilliseconds);
        return TimeSpan.FromMilliseconds((bound / 2) + (Random.Shared.NextDouble() * bound / 2));
    }
}
