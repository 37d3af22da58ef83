using Flows.Otlp.Wire.Collector.Trace;
using Flows.Traces;
using Google.Protobuf.Collections;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Otlp;

/// <summary>Takes spans from the wire into the trace store. For the ingest thread.</summary>
public sealed class SpanReader(TraceStore traces, TagReader tags, SourceReader sources, TimeProvider clock)
{
    public void Read(ExportTraceServiceRequest request)
    {
        foreach (var resourceSpans in request.ResourceSpans)
        {
            var source = sources.Read(resourceSpans.Resource);
            foreach (var scopeSpans in resourceSpans.ScopeSpans)
            {
                foreach (var span in scopeSpans.Spans)
                {
                    Read(span, source);
                }
            }
        }
    }

    private void Read(WireSpan wire, TelemetrySource source)
    {
        var traceId = TraceId.From(wire.TraceId.Span);
        var id = SpanId.From(wire.SpanId.Span);
        if (traceId.IsEmpty || id.IsEmpty)
        {
            traces.Tally.Reject(1);
            return;
        }

        var start = wire.StartTimeUnixNano is 0 or > long.MaxValue ? NowNanos() : (long)wire.StartTimeUnixNano;
        var end = wire.EndTimeUnixNano > long.MaxValue ? start : Math.Max(start, (long)wire.EndTimeUnixNano);
        var attributes = tags.Read(wire.Attributes);
        var events = ReadEvents(wire.Events);
        var links = ReadLinks(wire.Links);
        var name = tags.Intern(tags.Cut(wire.Name));
        var statusMessage = tags.Cut(wire.Status?.Message ?? "");
        traces.Add(new Span
        {
            TraceId = traceId,
            Id = id,
            ParentId = SpanId.From(wire.ParentSpanId.Span),
            Name = name,
            Kind = (SpanKind)wire.Kind is var kind and >= SpanKind.Unspecified and <= SpanKind.Consumer ? kind : SpanKind.Unspecified,
            Source = source,
            Start = start,
            End = end,
            Status = (SpanStatus)(wire.Status?.Code ?? 0),
            StatusMessage = statusMessage,
            Tags = attributes,
            Events = events,
            Links = links,
            Bytes = 200 + TagReader.BytesOf(name) + TagReader.BytesOf(statusMessage) + TagReader.BytesOf(attributes)
                + events.Sum(e => 64 + TagReader.BytesOf(e.Name) + TagReader.BytesOf(e.Tags))
                + links.Sum(link => 96 + TagReader.BytesOf(link.Tags)),
        });
    }

    private SpanEvent[] ReadEvents(RepeatedField<WireSpan.Types.Event> events)
    {
        var read = events.Count == 0 ? [] : new SpanEvent[Math.Min(events.Count, 128)];
        for (var i = 0; i < read.Length; i++)
        {
            var time = UnixNanos.ToTime((long)Math.Min(events[i].TimeUnixNano, long.MaxValue));
            read[i] = new SpanEvent(tags.Intern(tags.Cut(events[i].Name)), time, tags.Read(events[i].Attributes));
        }

        return read;
    }

    private SpanLink[] ReadLinks(RepeatedField<WireSpan.Types.Link> links)
    {
        var read = links.Count == 0 ? [] : new SpanLink[Math.Min(links.Count, 1024)];
        for (var i = 0; i < read.Length; i++)
        {
            var target = new SpanRef(TraceId.From(links[i].TraceId.Span), SpanId.From(links[i].SpanId.Span));
            read[i] = new SpanLink(target, tags.Read(links[i].Attributes));
        }

        return read;
    }

    private long NowNanos() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
