using Dashboard.Otlp.Wire.Collector.Metrics;
using Dashboard.Otlp.Wire.Metrics;
using Dashboard.Telemetry;

namespace Dashboard.Otlp;

/// <summary>Takes readings from the wire into the metric store. For the ingest thread.</summary>
public sealed class MetricReader(MetricStore metrics, TagReader tags, SourceReader sources)
{
    public void Read(ExportMetricsServiceRequest request)
    {
        foreach (var resourceMetrics in request.ResourceMetrics)
        {
            var source = sources.Read(resourceMetrics.Resource);
            foreach (var scopeMetrics in resourceMetrics.ScopeMetrics)
            {
                var meter = tags.Intern(scopeMetrics.Scope?.Name ?? "");
                foreach (var metric in scopeMetrics.Metrics)
                {
                    Read(metric, source, meter);
                }
            }
        }
    }

    public static int CountPoints(ExportMetricsServiceRequest request) => request.ResourceMetrics
        .SelectMany(resource => resource.ScopeMetrics)
        .SelectMany(scope => scope.Metrics)
        .Sum(metric => metric.DataCase switch
        {
            Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Count,
            Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Count,
            Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Count,
            Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Count,
            Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Count,
            _ => 0,
        });

    private void Read(Metric metric, TelemetrySource source, string meter)
    {
        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Gauge:
                AddNumbers(InstrumentOf(metric, source, meter, InstrumentType.Gauge), metric.Gauge.DataPoints, isDelta: false);
                break;
            case Metric.DataOneofCase.Sum:
                var type = metric.Sum.IsMonotonic ? InstrumentType.Counter : InstrumentType.UpDownCounter;
                AddNumbers(InstrumentOf(metric, source, meter, type), metric.Sum.DataPoints, IsDelta(metric.Sum.AggregationTemporality));
                break;
            case Metric.DataOneofCase.Histogram:
                AddHistogram(InstrumentOf(metric, source, meter, InstrumentType.Histogram), metric.Histogram);
                break;
            case Metric.DataOneofCase.ExponentialHistogram:
                AddExponential(InstrumentOf(metric, source, meter, InstrumentType.Histogram), metric.ExponentialHistogram);
                break;
            default:
                // Summaries cannot be added up or taken apart; the specification keeps them for old formats only.
                metrics.Tally.Reject(metric.Summary?.DataPoints.Count ?? 1);
                break;
        }
    }

    private Instrument InstrumentOf(Metric metric, TelemetrySource source, string meter, InstrumentType type) =>
        new(source, meter, tags.Intern(metric.Name), type, tags.Intern(metric.Unit), tags.Intern(metric.Description));

    private void AddNumbers(Instrument instrument, IEnumerable<NumberDataPoint> points, bool isDelta)
    {
        foreach (var point in points)
        {
            var value = point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble;
            var reading = new MetricPoint(TimeOf(point.TimeUnixNano), value, 0, []);
            metrics.Add(instrument, tags.Read(point.Attributes), [], reading, isDelta);
        }
    }

    private void AddHistogram(Instrument instrument, Histogram histogram)
    {
        foreach (var point in histogram.DataPoints)
        {
            long[] buckets = [.. point.BucketCounts.Select(count => (long)count)];
            var reading = new MetricPoint(TimeOf(point.TimeUnixNano), point.Sum, (long)point.Count, buckets);
            var isDelta = IsDelta(histogram.AggregationTemporality);
            metrics.Add(instrument, tags.Read(point.Attributes), [.. point.ExplicitBounds], reading, isDelta);
        }
    }

    private void AddExponential(Instrument instrument, ExponentialHistogram histogram)
    {
        foreach (var point in histogram.DataPoints)
        {
            var (bounds, buckets) = ExponentialBuckets.ToExplicit(point);
            var reading = new MetricPoint(TimeOf(point.TimeUnixNano), point.Sum, (long)point.Count, buckets);
            metrics.Add(instrument, tags.Read(point.Attributes), bounds, reading, IsDelta(histogram.AggregationTemporality));
        }
    }

    private static bool IsDelta(AggregationTemporality temporality) => temporality == AggregationTemporality.Delta;

    private static DateTimeOffset TimeOf(ulong nanos) => UnixNanos.ToTime((long)Math.Min(nanos, long.MaxValue));
}
