using Dashboard.Telemetry;

namespace Dashboard.Tests.Telemetry;

public sealed class LiveInstancesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly MetricStore _metrics = new(new TelemetryLimits());

    [Fact]
    public void InstanceBeforeARestart_IsLeftOut()
    {
        Read("before", from: 0, to: 60, every: 1);
        Read("after", from: 66, to: 90, every: 1);

        Assert.Equal(["after"], Live());
    }

    [Fact]
    public void Replicas_OutOfStep_AreAllLive()
    {
        Read("one", from: 0, to: 600, every: 60);
        Read("two", from: 59, to: 659, every: 60);

        Assert.Equal(["one", "two"], Live());
    }

    [Fact]
    public void StoppedService_KeepsWhatItToldLast()
    {
        Read("old", from: 0, to: 60, every: 1);
        Read("last", from: 70, to: 90, every: 1);
        Read("other", from: 0, to: 900, every: 1, service: "webapp");

        Assert.Equal(["last"], Live());
    }

    [Fact]
    public void Names_TellTheInstance_WhereThereAreSeveral()
    {
        Read("one", from: 0, to: 2, every: 1);
        Read("two", from: 0, to: 2, every: 1);
        var series = _metrics.Snapshot();

        Assert.Equal(
            ["orders · one", "orders · two"],
            MetricLines.Of(series[0].Instrument, series, withInstance: true).Select(line => line.Name).Order(StringComparer.Ordinal));
        Assert.Equal("orders", MetricLines.NameOf(series[0], withInstance: false));
    }

    private List<string> Live() =>
        [.. LiveInstances.Of(_metrics.Snapshot().Where(series => series.Instrument.Source.Service == "ordering-api"))
            .Select(series => series.Instrument.Source.Instance).Order(StringComparer.Ordinal)];

    private void Read(string instance, int from, int to, int every, string service = "ordering-api")
    {
        var instrument = new Instrument(new TelemetrySource(service, instance, []), "shop", "orders", InstrumentType.Gauge, "1", "");
        for (var second = from; second <= to; second += every)
        {
            _metrics.Add(instrument, [], [], new MetricPoint(Start.AddSeconds(second), second, 0, []), isDelta: false);
        }
    }
}
