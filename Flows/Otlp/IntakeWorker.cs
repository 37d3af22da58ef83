using Flows.Otlp.Wire.Collector.Logs;
using Flows.Otlp.Wire.Collector.Trace;
using Google.Protobuf;

namespace Flows.Otlp;

/// <summary>
/// The ingest thread. It writes requests from the queue to the stores, one after another, so that the stores need no locks.
/// </summary>
public sealed partial class IntakeWorker(
    Intake intake, SpanReader spans, LogReader logs, ILogger<IntakeWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (request, bytes) in intake.Waiting.ReadAllAsync(stoppingToken))
        {
            try
            {
                Read(request);
            }
            catch (Exception exception)
            {
                // A faulty request must not stop the intake of the others.
                LogUnreadable(exception, request.Descriptor.Name);
            }
            finally
            {
                intake.Taken(bytes);
            }
        }
    }

    private void Read(IMessage request)
    {
        switch (request)
        {
            case ExportTraceServiceRequest trace:
                spans.Read(trace);
                break;
            case ExportLogsServiceRequest log:
                logs.Read(log);
                break;
        }
    }
}
