using Flows.Otlp;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Traces;
using Google.Protobuf;

namespace Flows.Tests.Scenarios;

/// <summary>The intake without a server.</summary>
internal static class Intakes
{
    public static Intake Of(TraceStore traces, TelemetryLimits? limits = null, TimeProvider? clock = null, LogStore? logs = null)
    {
        limits ??= new TelemetryLimits();
        clock ??= TimeProvider.System;
        var tags = new TagReader(limits);
        var sources = new SourceReader(tags);
        return new Intake(
            traces, new SpanReader(tags, sources, clock), new LogReader(logs ?? new LogStore(limits), tags, sources, clock), limits, clock);
    }

    public static ExportTraceServiceResponse Read(this Intake intake, ExportTraceServiceRequest request) =>
        intake.TakeTraces(OtlpFormat.Protobuf, request.ToByteArray());
}
