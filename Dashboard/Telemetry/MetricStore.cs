using System.Collections.Concurrent;

namespace Dashboard.Telemetry;

/// <summary>The latest readings of each instrument. The ingest thread adds; any number read, without locks.</summary>
public sealed class MetricStore(TelemetryLimits limits)
{
    private readonly ConcurrentDictionary<SeriesKey, MetricSeries> _series = new();
    private long _version;

    public Tally Tally { get; } = new();

    public long Version => Volatile.Read(ref _version);

    public void Add(Instrument instrument, Tag[] tags, double[] bounds, MetricPoint point, bool isDelta)
    {
        var key = new SeriesKey(instrument, tags);
        if (!_series.TryGetValue(key, out var series) || !series.Bounds.AsSpan().SequenceEqual(bounds))
        {
            if (series is null && _series.Count >= limits.Series)
            {
                DropLongestSilent();
            }

            series = new MetricSeries(instrument, tags, bounds, limits.PointsPerSeries);
            _series[key] = series;
        }

        series.Add(point, isDelta);
        Tally.Receive(1);
        Volatile.Write(ref _version, _version + 1);
    }

    public List<MetricSeries> Snapshot() => [.. _series.Values];

    private void DropLongestSilent()
    {
        // Rare, so a walk is cheaper than an order kept with each point; a tenth goes at once.
        var silent = _series.OrderBy(pair => pair.Value.Last?.Time).Take(Math.Max(1, limits.Series / 10)).ToList();
        foreach (var (key, series) in silent)
        {
            _series.TryRemove(key, out _);
            Tally.Drop(1, series.Last?.Time ?? default);
        }
    }

    private readonly record struct SeriesKey(Instrument Instrument, Tag[] Tags)
    {
        public bool Equals(SeriesKey other) => Instrument.Equals(other.Instrument) && Tags.AsSpan().SequenceEqual(other.Tags);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(Instrument);
            foreach (var tag in Tags)
            {
                hash.Add(tag);
            }

            return hash.ToHashCode();
        }
    }
}
