namespace Dashboard.Telemetry;

/// <summary>Tells the processes of a service that still measure from those that have gone, as after a restart.</summary>
public static class LiveInstances
{
    private const int MissedReadings = 3;

    // Where one reading tells of no rhythm: the usual one of exporters.
    private static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The series of those processes whose last reading is near the newest one: not further back than three of their own intervals. So a service
    /// that has stopped as a whole keeps what it told last.
    /// </summary>
    /// <param name="series">All of one service.</param>
    public static IEnumerable<MetricSeries> Of(IEnumerable<MetricSeries> series)
    {
        var instances = series.Where(one => one.Last is not null).GroupBy(one => one.Instrument.Source).ToList();
        var newest = instances.Select(LastOf).DefaultIfEmpty().Max();
        return instances.Where(instance => newest - LastOf(instance) <= MissedReadings * IntervalOf(instance)).SelectMany(instance => instance);
    }

    private static DateTimeOffset LastOf(IEnumerable<MetricSeries> instance) => instance.Max(one => one.Last!.Time);

    private static TimeSpan IntervalOf(IEnumerable<MetricSeries> instance)
    {
        // A process that ends exports out of turn; the mean of many intervals hardly feels it.
        var readings = instance.MaxBy(one => one.Count)!.Snapshot();
        return readings.Count > 1 ? (readings[^1].Time - readings[0].Time) / (readings.Count - 1) : UsualInterval;
    }
}
