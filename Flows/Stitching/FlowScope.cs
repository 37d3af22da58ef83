using Flows.Traces;

namespace Flows.Stitching;

/// <summary>Collects the spans of one flow from all its traces, following links in both directions.</summary>
public sealed class FlowScope(TraceStore traces, string key)
{
    private const int MaxTraces = 512;
    private readonly HashSet<TraceId> _seen = [];
    private readonly Queue<Trace> _toVisit = new();

    public List<Span> Spans { get; } = [];

    /// <summary>
    /// Spans in which this flow's messages were published to the broker: one per message in its own trace or, with other libraries, one per
    /// batch in another trace.
    /// </summary>
    public List<Span> Publications { get; } = [];

    public IReadOnlyCollection<TraceId> Traces => _seen;

    public void Gather(IEnumerable<Trace> from)
    {
        foreach (var trace in from)
        {
            Visit(trace);
        }

        while (_toVisit.TryDequeue(out var trace))
        {
            Gather(trace);
        }
    }

    private void Visit(Trace trace)
    {
        if (_seen.Count < MaxTraces && _seen.Add(trace.Id))
        {
            _toVisit.Enqueue(trace);
        }
    }

    private void Gather(Trace trace)
    {
        var spans = trace.Spans.ToSegment();
        var byId = new Dictionary<SpanId, Span>(spans.Count);
        foreach (var span in spans)
        {
            byId.TryAdd(span.Id, span);
        }

        // A trace may contain several actions; the spans of the others are left out.
        var isShared = trace.Conversations.Count > 1;
        foreach (var span in byId.Values)
        {
            if (!isShared || OwnerOf(span, byId) is null || OwnerOf(span, byId) == key)
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
            if (byId.Values.Count > 0 && traces.Find(from) is { } span)
            {
                FollowLinkFrom(span);
            }
        }
    }

    private void FollowLinksOf(Span span)
    {
        if (span.Kind == SpanKind.Consumer && span.Links.Length == 1 && traces.Find(span.Links[0].Target.TraceId) is { } origin)
        {
            Visit(origin);
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
                if (!_seen.Contains(span.TraceId))
                {
                    Spans.Add(span);
                }
            }
            else if (traces.Find(span.TraceId) is { } trace)
            {
                Visit(trace);
            }
        }
    }

    private static string? OwnerOf(Span span, Dictionary<SpanId, Span> byId)
    {
        for (var depth = 0; depth < 256; depth++)
        {
            if (span.Tags.Find(MessagingTags.ConversationId) is { } owner)
            {
                return owner;
            }

            if (!byId.TryGetValue(span.ParentId, out var parent))
            {
                return null;
            }

            span = parent;
        }

        return null;
    }
}
