namespace Dashboard.Telemetry;

/// <summary>One line of a chart.</summary>
public sealed record MetricLine(string Name, IReadOnlyList<(DateTimeOffset Time, double Value)> Points);

/// <summary>What a chart shows of an instrument: values of gauges, rates of counters, percentiles of histograms.</summary>
public static class MetricLines
{
    private const int MostLines = 12;
    private static readonly double[] Quantiles = [0.5, 0.95, 0.99];

    /// <param name="instrument">What is measured.</param>
    /// <param name="series">Its series.</param>
    /// <param name="withInstance">Several processes measure it: names tell which.</param>
    public static IReadOnlyList<MetricLine> Of(Instrument instrument, IReadOnlyList<MetricSeries> series, bool withInstance) => instrument.Type switch
    {
        InstrumentType.Histogram => Percentiles(series),
        InstrumentType.Counter => [.. series.Take(MostLines).Select(one => new MetricLine(NameOf(one, withInstance), Rates(one)))],
        _ => [.. series.Take(MostLines).Select(one => new MetricLine(NameOf(one, withInstance), Values(one)))],
    };

    /// <summary>What the values of the lines mean.</summary>
    public static string UnitOf(Instrument instrument) => instrument.Type == InstrumentType.Counter
        ? $"{Bare(instrument.Unit)}/s"
        : Bare(instrument.Unit);

    /// <summary>The value below which the given part of the measurements lies, by even spread within each bucket.</summary>
    public static double? Quantile(double part, double[] bounds, long[] buckets)
    {
        var total = buckets.Sum();
        if (total <= 0 || buckets.Length != bounds.Length + 1)
        {
            return null;
        }

        var sought = part * total;
        var below = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            if (buckets[i] > 0 && below + buckets[i] >= sought)
            {
                // The last bucket has no upper bound; nothing better is known than its lower one.
                var lower = i == 0 ? Math.Min(0, bounds.Length > 0 ? bounds[0] : 0) : bounds[i - 1];
                var upper = i < bounds.Length ? bounds[i] : lower;
                return lower + ((upper - lower) * (sought - below) / buckets[i]);
            }

            below += buckets[i];
        }

        return bounds.Length > 0 ? bounds[^1] : null;
    }

    public static string NameOf(MetricSeries series, bool withInstance)
    {
        var name = series.Tags.Length == 0 ? series.Instrument.Name : string.Join(", ", series.Tags.Select(tag => $"{tag.Key}={tag.Value}"));
        return withInstance ? $"{name} · {series.Instrument.Source.Instance}" : name;
    }

    private static List<(DateTimeOffset Time, double Value)> Values(MetricSeries series) =>
        series.Snapshot().ConvertAll(point => (point.Time, point.Value));

    private static List<(DateTimeOffset Time, double Value)> Rates(MetricSeries series)
    {
        var points = series.Snapshot();
        var rates = new List<(DateTimeOffset, double)>();
        for (var i = 1; i < points.Count; i++)
        {
            var seconds = (points[i].Time - points[i - 1].Time).TotalSeconds;
            if (seconds > 0)
            {
                // A counter that fell was reset by a restart: what it counts now is all that came since.
                var change = points[i].Value < points[i - 1].Value ? points[i].Value : points[i].Value - points[i - 1].Value;
                rates.Add((points[i].Time, change / seconds));
            }
        }

        return rates;
    }

    private static List<MetricLine> Percentiles(IReadOnlyList<MetricSeries> series)
    {
        var lines = Quantiles.Select(part => (Part: part, Points: new List<(DateTimeOffset, double)>())).ToList();
        if (series.Count == 0)
        {
            return [];
        }

        var bounds = series[0].Bounds;
        foreach (var moment in Changes(series, bounds).GroupBy(change => change.Time).OrderBy(group => group.Key))
        {
            var buckets = new long[bounds.Length + 1];
            foreach (var (_, added) in moment)
            {
                for (var i = 0; i < buckets.Length; i++)
                {
                    buckets[i] += added[i];
                }
            }

            foreach (var (part, points) in lines)
            {
                if (Quantile(part, bounds, buckets) is { } value)
                {
                    points.Add((moment.Key, value));
                }
            }
        }

        return [.. lines.Select(line => new MetricLine($"p{line.Part * 100:0}", line.Points))];
    }

    /// <summary>What was added to each bucket between two readings; readings of one export share a second.</summary>
    private static IEnumerable<(DateTimeOffset Time, long[] Added)> Changes(IReadOnlyList<MetricSeries> series, double[] bounds)
    {
        foreach (var one in series.Where(one => one.Bounds.AsSpan().SequenceEqual(bounds)))
        {
            var points = one.Snapshot();
            for (var i = 0; i < points.Count; i++)
            {
                var before = i == 0 || points[i].Count < points[i - 1].Count ? null : points[i - 1].Buckets;
                if (points[i].Buckets.Length != bounds.Length + 1 || (i == 0 && points.Count > 1))
                {
                    continue;
                }

                var time = DateTimeOffset.FromUnixTimeSeconds(points[i].Time.ToUnixTimeSeconds());
                yield return (time, before is null ? points[i].Buckets : [.. points[i].Buckets.Zip(before, (now, then) => now - then)]);
            }
        }
    }

    // UCUM writes counted things in braces: {request}.
    private static string Bare(string unit) => unit is "1" ? "" : unit.Trim('{', '}');
}
