using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Benchmarks.Flows;

/// <summary>The services of a small shop with OpenTelemetry's own SDK and exporter, over gRPC.</summary>
internal sealed class SpanSender : IDisposable
{
    /// <summary>Spans of one order.</summary>
    public const int SpansPerOrder = 20;

    private static readonly string[] Names = ["webapp", "basket-api", "ordering-api", "catalog-api"];
    private readonly List<(ActivitySource Source, TracerProvider Provider, CountingExporter Exporter)> _services = [];

    public SpanSender(Uri otlp)
    {
        foreach (var name in Names)
        {
            var source = new ActivitySource($"Benchmark.{name}");
            var exporter = new CountingExporter(new OtlpExporterOptions { Endpoint = otlp, Protocol = OtlpExportProtocol.Grpc });
            // The queue holds several seconds, so that a span is lost only if Flows refuses it.
            var processor = new BatchActivityExportProcessor(exporter, maxQueueSize: 100_000, scheduledDelayMilliseconds: 200);
            _services.Add((source, Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(name, serviceInstanceId: "1"))
                .AddSource(source.Name)
                .AddProcessor(processor)
                .Build(), exporter));
        }
    }

    public long Accepted => _services.Sum(service => service.Exporter.Accepted);

    public long Failed => _services.Sum(service => service.Exporter.Failed);

    /// <summary>Three messages from service to service, each with a creation, a handling and four calls, below one request.</summary>
    public void SendOrder()
    {
        var order = Guid.CreateVersion7().ToString();
        using var request = Start(0, "POST /checkout", ActivityKind.Server, default, order);
        var parent = request.Context;
        for (var step = 1; step <= 3; step++)
        {
            using var create = Start(step - 1, "create order.step", ActivityKind.Producer, parent, order);
            Tag(create, order, step, "create");
            using var process = Start(step, "process order.step", ActivityKind.Consumer, create.Context, order);
            Tag(process, order, step, "process");
            for (var call = 0; call < 4; call++)
            {
                using var query = Start(step, "SELECT orders", ActivityKind.Client, process.Context, order);
                query.SetTag("db.system.name", "postgresql").SetTag("db.query.text", "select * from orders where id = $1");
            }

            parent = process.Context;
        }

        using var last = Start(3, "render", ActivityKind.Internal, parent, order);
    }

    /// <summary>Waits until everything is sent.</summary>
    public void Flush() => _services.ForEach(service => service.Provider.ForceFlush());

    public void Dispose()
    {
        foreach (var (source, provider, _) in _services)
        {
            provider.Dispose();
            source.Dispose();
        }
    }

    private Activity Start(int service, string name, ActivityKind kind, ActivityContext parent, string order)
    {
        var activity = _services[service].Source.StartActivity(name, kind, parent)!;
        return activity.SetTag("order.id", order).SetTag("server.address", "localhost").SetTag("server.port", 5432)
            .SetTag("url.scheme", "http").SetTag("thread.id", 17);
    }

    private static void Tag(Activity activity, string order, int step, string operation) => activity
        .SetTag("messaging.system", "rabbitmq").SetTag("messaging.operation.type", operation)
        .SetTag("messaging.message.id", $"{order}-{step}").SetTag("messaging.message.conversation_id", order)
        .SetTag("eventbus.message.type", $"shop.step-{step}").SetTag("eventbus.queue", Names[step]);

    private sealed class CountingExporter(OtlpExporterOptions options) : OtlpTraceExporter(options)
    {
        private long _accepted;
        private long _failed;

        public long Accepted => Volatile.Read(ref _accepted);

        public long Failed => Volatile.Read(ref _failed);

        public override ExportResult Export(in Batch<Activity> activityBatch)
        {
            var count = activityBatch.Count;
            var result = base.Export(activityBatch);
            Interlocked.Add(ref result == ExportResult.Success ? ref _accepted : ref _failed, count);
            return result;
        }
    }
}
