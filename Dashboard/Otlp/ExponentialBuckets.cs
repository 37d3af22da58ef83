using Dashboard.Otlp.Wire.Metrics;

namespace Dashboard.Otlp;

/// <summary>
/// Exponential histograms move their bounds as values come. They are counted into fixed bounds (1, 2 and 5 times each power of ten), so that
/// readings can be compared and added.
/// </summary>
public static class ExponentialBuckets
{
    private static readonly double[] Fixed =
        [.. Enumerable.Range(-6, 14).SelectMany(power => new[] { 1, 2, 5 }.Select(factor => factor * Math.Pow(10, power)))];

    public static (double[] Bounds, long[] Buckets) ToExplicit(ExponentialHistogramDataPoint point)
    {
        var buckets = new long[Fixed.Length + 1];
        buckets[0] += (long)point.ZeroCount + (point.Negative?.BucketCounts.Sum(count => (long)count) ?? 0);
        if (point.Positive is { } positive)
        {
            var scale = Math.Clamp(point.Scale, -10, 20);
            for (var i = 0; i < positive.BucketCounts.Count; i++)
            {
                // Bucket n of scale s holds what lies in (2^(n/2^s), 2^((n+1)/2^s)].
                var upper = Math.Pow(2, (positive.Offset + (double)i + 1) * Math.Pow(2, -scale));
                var at = Array.BinarySearch(Fixed, upper);
                buckets[at >= 0 ? at : ~at] += (long)positive.BucketCounts[i];
            }
        }

        return (Fixed, buckets);
    }
}
