using System.Text.Json;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Otlp.Wire.Logs;
using Flows.Traces;
using Google.Protobuf;

namespace Flows.Otlp;

/// <summary>
/// The single entry for telemetry of all protocols. It reads and stores one request after another, so that readers and stores need no
/// locks, and answers when the request is stored, so that the answer has the exact number of refused spans.
/// </summary>
public sealed class Intake(TraceStore traces, SpanReader spans, LogReader logs, TelemetryLimits limits, TimeProvider clock)
{
    private readonly Lock _gate = new();

    /// <summary>Stores all spans of a request, or none if an exception is thrown.</summary>
    /// <returns>The answer of the specification: a partial success is set only when spans were refused.</returns>
    /// <exception cref="OtlpException">The request is malformed or too large.</exception>
    public ExportTraceServiceResponse TakeTraces(OtlpFormat format, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            var batch = new SpanBatch(spans, limits);
            try
            {
                if (format == OtlpFormat.Json)
                {
                    JsonRequest.Read(body, batch);
                }
                else
                {
                    ProtobufRequest.Read(body, batch);
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidProtocolBufferException)
            {
                throw OtlpException.NotOtlp(exception.Message);
            }

            return Store(batch);
        }
    }

    /// <summary>Stores log lines, which only Aspire's dashboard sends: as JSON.</summary>
    /// <exception cref="OtlpException">The text is malformed or too large.</exception>
    public void TakeLogs(ReadOnlySpan<byte> json)
    {
        lock (_gate)
        {
            try
            {
                logs.Read(JsonRequest.Read<LogsData>(json));
            }
            catch (JsonException exception)
            {
                throw OtlpException.NotOtlp(exception.Message);
            }
        }
    }

    private ExportTraceServiceResponse Store(SpanBatch batch)
    {
        foreach (var span in batch.Spans)
        {
            if (!traces.Add(span))
            {
                batch.RefuseInFullTrace();
            }
        }

        if (batch.Refused == 0)
        {
            return new();
        }

        traces.Tally.Reject(batch.Refused, clock.GetUtcNow());
        return new()
        {
            PartialSuccess = new() { RejectedSpans = batch.Refused, ErrorMessage = batch.Reasons },
        };
    }
}
