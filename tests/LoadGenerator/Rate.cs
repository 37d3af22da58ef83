namespace LoadGenerator;

/// <summary>Visits per second, changeable while the load runs.</summary>
internal sealed class Rate(double perSecond)
{
    private readonly Random _random = new();
    private double _perSecond = perSecond;

    public double PerSecond
    {
        get => Volatile.Read(ref _perSecond);
        set => Volatile.Write(ref _perSecond, value);
    }

    /// <summary>The time to the next visit. People come independently of each other, so the gaps are distributed exponentially.</summary>
    public TimeSpan NextGap() => TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / PerSecond);
}
