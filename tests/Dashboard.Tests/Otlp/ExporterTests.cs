using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dashboard.Access;
using Dashboard.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dashboard.Tests.Otlp;

/// <summary>The bytes of a real exporter arrive, by both protocols.</summary>
public sealed class ExporterTests
{
    public static TheoryData<OtlpExportProtocol> Protocols => [OtlpExportProtocol.Grpc, OtlpExportProtocol.HttpProtobuf];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Spans_OfTheSdksExporter_ArriveWhole(OtlpExportProtocol protocol)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var source = new ActivitySource($"Test.{protocol}");
        string traceId;
        using (var provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop-test", serviceInstanceId: "one"))
            .AddSource(source.Name)
            .AddOtlpExporter(exporter => Aim(exporter, dashboard, protocol, "v1/traces"))
            .Build())
        {
            using var parent = source.StartActivity("GET /orders", ActivityKind.Server)!;
            traceId = parent.TraceId.ToHexString();
            using (var child = source.StartActivity("query", ActivityKind.Client, default(ActivityContext), links: [new ActivityLink(parent.Context)])!)
            {
            }

            using (var child = source.StartActivity("compute")!)
            {
                child.SetTag("order.id", "42").SetTag("count", 3).SetTag("fast", true);
                child.AddException(new InvalidOperationException("no stock"));
                child.SetStatus(ActivityStatusCode.Error, "no stock");
            }

            parent.Stop();
            provider.ForceFlush();
        }

        var trace = await dashboard.GetAsync($"/api/traces/{traceId}", answer => (int)answer["spanCount"]! >= 2);
        var compute = trace["spans"]!.AsArray().Single(span => (string)span!["name"]! == "compute")!;
        Assert.Equal("shop-test", (string)compute["service"]!);
        Assert.Equal("Error", (string)compute["status"]!);
        Assert.Equal("42", (string)compute["attributes"]!["order.id"]!);
        Assert.Equal("3", (string)compute["attributes"]!["count"]!);
        Assert.Equal("no stock", (string)compute["events"]![0]!["attributes"]!["exception.message"]!);
        var root = trace["spans"]!.AsArray().Single(span => (string)span!["name"]! == "GET /orders")!;
        Assert.Equal("Server", (string)root["kind"]!);
        Assert.Equal((string)root["spanId"]!, (string)compute["parentSpanId"]!);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Logs_OfTheSdksExporter_ArriveWithLevelAndAttributes(OtlpExportProtocol protocol)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using (var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop-test"));
            options.AddOtlpExporter(exporter => Aim(exporter, dashboard, protocol, "v1/logs"));
        })))
        {
            loggers.CreateLogger("Orders").LogWarning("Order {OrderId} waits", 42);
        }

        var logs = await dashboard.GetAsync("/api/logs?level=warning", answer => (int)answer["count"]! == 1);
        var log = logs["data"]![0]!;
        Assert.Equal("Order 42 waits", (string)log["message"]!);
        Assert.Equal("Warning", (string)log["level"]!);
        Assert.Equal("Orders", (string)log["category"]!);
        Assert.Equal("42", (string)log["attributes"]!["OrderId"]!);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Metrics_OfTheSdksExporter_Arrive(OtlpExportProtocol protocol)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var meter = new Meter($"Test.{protocol}");
        using (var provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop-test"))
            .AddMeter(meter.Name)
            .AddOtlpExporter(exporter => Aim(exporter, dashboard, protocol, "v1/metrics"))
            .Build())
        {
            meter.CreateCounter<long>("orders").Add(5, new KeyValuePair<string, object?>("kind", "guest"));
            meter.CreateHistogram<double>("latency", "s").Record(0.02);
            provider.ForceFlush();
        }

        var store = dashboard.Services.GetRequiredService<MetricStore>();
        await dashboard.GetAsync("/api/resources", _ => store.Snapshot().Count >= 2);
        var orders = store.Snapshot().Single(series => series.Instrument.Name == "orders");
        Assert.Equal(5, orders.Last!.Value);
        Assert.Equal(InstrumentType.Counter, orders.Instrument.Type);
        Assert.Equal("guest", orders.Tags.Find("kind"));
        Assert.Equal(1, store.Snapshot().Single(series => series.Instrument.Name == "latency").Last!.Count);
    }

    private static void Aim(OtlpExporterOptions exporter, RunningDashboard dashboard, OtlpExportProtocol protocol, string path)
    {
        exporter.Protocol = protocol;
        exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? dashboard.OtlpGrpc : new Uri(dashboard.OtlpHttp, path);
        exporter.Headers = $"{ApiKeyGate.OtlpHeader}={RunningDashboard.OtlpKey}";
    }
}
