namespace Dashboard.Telemetry;

public enum InstrumentType
{
    Gauge,
    Counter,
    UpDownCounter,
    Histogram,
}

/// <summary>What is measured: one instrument of one process.</summary>
public sealed record Instrument(TelemetrySource Source, string Meter, string Name, InstrumentType Type, string Unit, string Description)
{
    // An instrument is the same whatever text describes it.
    public bool Equals(Instrument? other) =>
        other is not null && Source == other.Source && Meter == other.Meter && Name == other.Name && Type == other.Type;

    public override int GetHashCode() => HashCode.Combine(Source, Meter, Name, Type);
}

/// <summary>One reading. Counters and histograms are cumulative: a reader takes differences.</summary>
/// <param name="Value">The gauge's or counter's value, or the histogram's sum.</param>
/// <param name="Count">A histogram's number of measurements.</param>
/// <param name="Buckets">How many measurements fell into each bucket; empty for other instruments.</param>
public sealed record MetricPoint(DateTimeOffset Time, double Value, long Count, long[] Buckets);

/// <summary>The readings of one instrument for one combination of attribute values.</summary>
public sealed class MetricSeries(Instrument instrument, Tag[] tags, double[] bounds, int capacity)
{
    private readonly BoundedLog<MetricPoint> _points = new(capacity);
    private MetricPoint? _last;

    public Instrument Instrument { get; } = instrument;
    public Tag[] Tags { get; } = tags;

    /// <summary>Upper bounds of the buckets; the last bucket has none.</summary>
    public double[] Bounds { get; } = bounds;

    public MetricPoint? Last => Volatile.Read(ref _last);

    public int Count => _points.Count;

    public List<MetricPoint> Snapshot() => _points.Snapshot();

    internal void Add(MetricPoint point, bool isDelta)
    {
        if (isDelta && _last is { } before)
        {
            point = new MetricPoint(point.Time, before.Value + point.Value, before.Count + point.Count, Sum(before.Buckets, point.Buckets));
        }

        if (_points.IsFull)
        {
            _points.RemoveOldest();
        }

        _points.Append(point);
        Volatile.Write(ref _last, point);
    }

    private static long[] Sum(long[] left, long[] right) =>
        left.Length == right.Length ? [.. left.Zip(right, (a, b) => a + b)] : right;
}
