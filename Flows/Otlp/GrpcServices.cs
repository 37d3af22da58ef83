using Flows.Otlp.Wire.Collector.Logs;
using Flows.Otlp.Wire.Collector.Trace;
using Grpc.Core;

namespace Flows.Otlp;

public sealed class GrpcTraceService(Intake intake) : TraceService.TraceServiceBase
{
    public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context) =>
        Task.FromResult(OtlpAnswer.Trace(intake.Offer(request)));
}

public sealed class GrpcLogsService(Intake intake) : LogsService.LogsServiceBase
{
    public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(OtlpAnswer.Logs(intake.Offer(request)));
}

/// <summary>The answers of the specification: a partial success is set only when something was refused.</summary>
public static class OtlpAnswer
{
    public static ExportTraceServiceResponse Trace(int rejected) => rejected == 0 ? new() : new()
    {
        PartialSuccess = new() { RejectedSpans = rejected, ErrorMessage = Intake.FullMessage },
    };

    public static ExportLogsServiceResponse Logs(int rejected) => rejected == 0 ? new() : new()
    {
        PartialSuccess = new() { RejectedLogRecords = rejected, ErrorMessage = Intake.FullMessage },
    };
}
