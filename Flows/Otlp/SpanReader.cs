using Flows.Otlp.Wire.Resource;
using Flows.Traces;
using Google.Protobuf.Collections;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Otlp;

/// <summary>Turns spans of the wire into spans of the store. For one thread at a time.</summary>
public sealed class SpanReader(TagReader tags, SourceReader sources, TimeProvider clock)
{
    public TelemetrySource SourceOf(Resource? resource) => sources.Read(resource);

    /// <summary>The span, or null if its ids are missing or have a wrong length.</summary>
    public Span? Read(WireSpan wire, TelemetrySource source)
    {
        var traceId = TraceId.From(wire.TraceId.Span);
        var id = SpanId.From(wire.SpanId.Span);
        if (traceId.IsEmpty || id.IsEmpty)
        {
            return null;
        }

        var start = NanosOf(wire.StartTimeUnixNano);
        var end = wire.EndTimeUnixNano > long.MaxValue ? start : Math.Max(start, (long)wire.EndTimeUnixNano);
        var attributes = tags.Read(wire.Attributes);
        var events = ReadEvents(wire.Events);
        var links = ReadLinks(wire.Links);
        var name = tags.Intern(tags.Cut(wire.Name));
        var statusMessage = tags.Cut(wire.Status?.Message ?? "");
        return new Span
        {
            TraceId = traceId,
            Id = id,
            ParentId = SpanId.From(wire.ParentSpanId.Span),
            Name = name,
            Kind = (SpanKind)wire.Kind is var kind and >= SpanKind.Unspecified and <= SpanKind.Consumer ? kind : SpanKind.Unspecified,
            Source = source,
            Start = start,
            End = end,
            Status = (SpanStatus)(wire.Status?.Code ?? 0) is var status and >= SpanStatus.Unset and <= SpanStatus.Error
                ? status
                : SpanStatus.Unset,
            StatusMessage = statusMessage,
            Tags = attributes,
            Events = events,
            Links = links,
            Bytes = 200 + source.Bytes + TagReader.BytesOf(name) + TagReader.BytesOf(statusMessage) + TagReader.BytesOf(attributes)
                + events.Sum(e => 64 + TagReader.BytesOf(e.Name) + TagReader.BytesOf(e.Tags))
                + links.Sum(link => 96 + TagReader.BytesOf(link.Tags)),
        };
    }

    private SpanEvent[] ReadEvents(RepeatedField<WireSpan.Types.Event> events)
    {
        var read = events.Count == 0 ? [] : new SpanEvent[Math.Min(events.Count, 128)];
        for (var i = 0; i < read.Length; i++)
        {
            var time = UnixNanos.ToTime(NanosOf(events[i].TimeUnixNano));
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

    /// <summary>A time that is missing or impossible is the time of arrival.</summary>
    private long NanosOf(ulong time) =>
        time is 0 or > long.MaxValue ? (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100 : (long)time;
}
