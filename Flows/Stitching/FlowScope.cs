using Flows.Traces;

namespace Flows.Stitching;

/// <summary>Collects the spans of one flow from all its traces, following links in both directions.</summary>
public sealed class FlowScope(TraceStore traces, DividedTraces divided, string key)
{
    private const int MaxTraces = 512;
    private readonly Dictionary<TraceId, TraceParts> _parts = [];
    private readonly HashSet<(TraceId Trace, SpanId Part)> _seen = [];
    private readonly Queue<(Trace Trace, SpanId Part)> _toVisit = new();

    public List<Span> Spans { get; } = [];

    /// <summary>
    /// Spans in which this flow's messages were published to the broker: one per message in its own trace or, with other libraries, one per
    /// batch in another trace.
    /// </summary>
    public List<Span> Publications { get; } = [];

    public void Gather(IEnumerable<Trace> from)
    {
        foreach (var trace in from)
        {
            foreach (var part in PartsOf(trace).OwnOf(key))
            {
                Visit(trace, part);
            }
        }

        while (_toVisit.TryDequeue(out var next))
        {
            Gather(next.Trace, next.Part);
        }
    }

    private TraceParts PartsOf(Trace trace)
    {
        if (!_parts.TryGetValue(trace.Id, out var parts))
        {
            parts = divided.PartsOf(trace);
            _parts.Add(trace.Id, parts);
        }

        return parts;
    }

    private void Visit(Trace trace, SpanId part)
    {
        if (_seen.Count < MaxTraces && _seen.Add((trace.Id, part)))
        {
            _toVisit.Enqueue((trace, part));
        }
    }

    private void VisitPartWith(SpanId span, Trace trace)
    {
        if (_seen.Count < MaxTraces)
        {
            Visit(trace, PartsOf(trace).PartOf(span));
        }
    }

    private void Gather(Trace trace, SpanId part)
    {
        // A trace may contain several actions; the spans of the others are left out.
        var parts = PartsOf(trace);
        var isShared = trace.Conversations.Count > 1;
        foreach (var span in parts[part])
        {
            if (!isShared || parts.OwnerOf(span) is not { } owner || owner == key)
            {
                Spans.Add(span);
                FollowLinksOf(span);
                if (MessageSpans.IsPublication(span))
                {
                    Publications.Add(span);
                }
            }
        }

        foreach (var from in trace.LinkedFrom.ToSegment())
        {
            if (parts.Count > 0
                && traces.Find(from) is { } span
                && Array.Exists(span.Links, link => link.Target.TraceId == trace.Id && parts.PartOf(link.Target.SpanId) == part))
            {
                FollowLinkFrom(span);
            }
        }
    }

    private void FollowLinksOf(Span span)
    {
        if (span is { Kind: SpanKind.Consumer, Links: [var link] } && traces.Find(link.Target.TraceId) is { } origin)
        {
            VisitPartWith(link.Target.SpanId, origin);
        }
    }

    private void FollowLinkFrom(Span span)
    {
        if (MessageSpans.IsPublication(span))
        {
            Publications.Add(span);
        }
        else if (span.Tags.Find(MessagingTags.ConversationId) is not { } owner || owner == key)
        {
            if (span.Links.Length > 1)
            {
                // The batch contains messages of several flows; of its trace, only this span concerns this flow.
                Spans.Add(span);
            }
            else if (traces.Find(span.TraceId) is { } trace)
            {
                VisitPartWith(span.Id, trace);
            }
        }
    }
}
