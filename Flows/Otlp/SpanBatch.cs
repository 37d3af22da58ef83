using Flows.Traces;
using Flows.Otlp.Wire.Resource;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Otlp;

/// <summary>The spans of one request while it is read, and the reasons why some are refused.</summary>
public sealed class SpanBatch(SpanReader reader, TelemetryLimits limits)
{
    /// <summary>The attributes, events, links and their parts that one span may have, so that few bytes cannot fill the memory.</summary>
    public const int MaxParts = 10_000;

    private readonly List<Span> _spans = [];
    private TelemetrySource _source = TelemetrySource.Unknown;
    private long _bytes;
    private int _withoutId;
    private int _withTooManyParts;
    private int _inFullTrace;

    public IReadOnlyList<Span> Spans => _spans;

    public int Refused => _withoutId + _withTooManyParts + _inFullTrace;

    /// <summary>One sentence for each reason of a refusal.</summary>
    public string Reasons => string.Join(' ', new (int Count, string Reason)[]
        {
            (_withoutId, "without a trace id of 16 bytes and a span id of 8 bytes."),
            (_withTooManyParts, $"with more than {MaxParts} attributes, events, links and values in them."),
            (_inFullTrace, $"in traces that have {limits.SpansPerTrace} spans."),
        }
        .Where(refused => refused.Count > 0)
        .Select(refused => $"Refused: {refused.Count} {refused.Reason}"));

    /// <summary>The sender of the spans that follow.</summary>
    public void From(Resource? resource) => _source = reader.SourceOf(resource);

    /// <exception cref="OtlpException">The request has more than the store keeps.</exception>
    public void Add(WireSpan wire)
    {
        if (reader.Read(wire, _source) is { } span)
        {
            _bytes += span.Bytes;
            _spans.Add(span);
        }
        else
        {
            _withoutId++;
        }

        CheckSize();
    }

    /// <exception cref="OtlpException">The request has more than the store keeps.</exception>
    public void RefuseWithTooManyParts()
    {
        _withTooManyParts++;
        CheckSize();
    }

    public void RefuseInFullTrace() => _inFullTrace++;

    private void CheckSize()
    {
        if (_spans.Count + Refused > limits.Spans || _bytes > limits.SpanBytes / 2)
        {
            throw OtlpException.TooLarge(
                $"The request has more than {limits.Spans} spans or {limits.SpanBytes / 2} bytes in memory. Send smaller batches.");
        }
    }
}
