using System.Diagnostics;
using Flows.Access;
using Flows.Traces;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Flows.Tests.Otlp;

/// <summary>The bytes of a real exporter arrive, by both protocols.</summary>
public sealed class ExporterTests
{
    public static TheoryData<OtlpExportProtocol> Protocols => [OtlpExportProtocol.Grpc, OtlpExportProtocol.HttpProtobuf];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Spans_OfTheSdksExporter_ArriveComplete(OtlpExportProtocol protocol)
    {
        await using var app = await RunningFlows.StartAsync();
        using var source = new ActivitySource($"Test.{protocol}");
        string traceId;
        using (var provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop-test", serviceInstanceId: "one"))
            .AddSource(source.Name)
            .AddOtlpExporter(exporter => Aim(exporter, app, protocol))
            .Build())
        {
            using var parent = source.StartActivity("GET /orders", ActivityKind.Server)!;
            traceId = parent.TraceId.ToHexString();
            ActivityLink[] links = [new(parent.Context)];
            using (var child = source.StartActivity("query", ActivityKind.Client, default(ActivityContext), links: links)!)
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

        var trace = await app.TraceAsync(traceId, spans: 2);
        var compute = trace.Spans.ToSegment().Single(span => span.Name == "compute");
        Assert.Equal("shop-test", compute.Service);
        Assert.Equal(SpanStatus.Error, compute.Status);
        Assert.Equal("42", compute.Tags.Find("order.id"));
        Assert.Equal(3, compute.Tags.FindLong("count"));
        Assert.Equal("no stock", compute.Events[0].Tags.Find("exception.message"));
        var root = trace.Spans.ToSegment().Single(span => span.Name == "GET /orders");
        Assert.Equal(Flows.Traces.SpanKind.Server, root.Kind);
        Assert.Equal(root.Id, compute.ParentId);
    }

    private static void Aim(OtlpExporterOptions exporter, RunningFlows app, OtlpExportProtocol protocol)
    {
        exporter.Protocol = protocol;
        exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? app.OtlpGrpc : new Uri(app.OtlpHttp, "v1/traces");
        exporter.Headers = $"{ApiKeyGate.OtlpHeader}={RunningFlows.OtlpKey}";
    }
}
