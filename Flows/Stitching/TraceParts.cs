using Flows.Traces;

namespace Flows.Stitching;

/// <summary>
/// Divides a trace in which messages of several other traces were received, such as that of a worker's loop: each consumer that links to
/// another trace begins a part, with the spans below it. All other spans are one part. Any other trace is one part as a whole.
/// </summary>
public sealed class TraceParts
{
    /// <summary>The part that no consumer begins.</summary>
    public static readonly SpanId Rest;

    private const int MaxDepth = 256;
    private readonly TraceStore _traces;
    private readonly Dictionary<SpanId, Span> _byId;
    private readonly ILookup<SpanId, Span>? _byParent;

    public TraceParts(TraceStore traces, Trace trace)
    {
        _traces = traces;
        var spans = trace.Spans.ToSegment();
        _byId = new Dictionary<SpanId, Span>(spans.Count);
        foreach (var span in spans)
        {
            _byId.TryAdd(span.Id, span);
        }

        if (_byId.Values.Where(IsFromAnotherTrace).Select(span => span.Links[0].Target.TraceId).Distinct().Skip(1).Any())
        {
            _byParent = _byId.Values.ToLookup(span => span.ParentId);
        }
    }

    public int Count => _byId.Count;

    public bool IsDivided => _byParent is not null;

    /// <summary>The spans of a part.</summary>
    public IEnumerable<Span> this[SpanId part] =>
        _byParent is null ? _byId.Values
        : part == Rest ? _byId.Values.Where(span => PartOf(span.Id) == Rest)
        : Below(part, _byParent);

    /// <summary>The part of a span: the id of the consumer that begins it.</summary>
    public SpanId PartOf(SpanId id)
    {
        for (var depth = 0; IsDivided && depth < MaxDepth && _byId.TryGetValue(id, out var span); depth++)
        {
            if (Begins(span))
            {
                return span.Id;
            }

            id = span.ParentId;
        }

        return Rest;
    }

    /// <summary>The conversation that a span, or the next span above it with a conversation, belongs to; null if none does.</summary>
    public string? OwnerOf(Span span)
    {
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            if (span.Tags.Find(MessagingTags.ConversationId) is { } owner)
            {
                return owner;
            }

            if (!_byId.TryGetValue(span.ParentId, out var parent))
            {
                return null;
            }

            span = parent;
        }

        return null;
    }

    /// <summary>The parts that begin the flow: what no other trace caused, and what has spans with the flow's conversation id.</summary>
    public IEnumerable<SpanId> OwnOf(string key) => IsDivided
        ? _byId.Values.Where(span => OwnerOf(span) == key).Select(span => PartOf(span.Id)).Append(Rest).Distinct()
        : [Rest];

    private IEnumerable<Span> Below(SpanId part, ILookup<SpanId, Span> byParent)
    {
        var toVisit = new Stack<Span>([_byId[part]]);
        while (toVisit.TryPop(out var span))
        {
            yield return span;
            foreach (var child in byParent[span.Id].Where(child => !Begins(child)))
            {
                toVisit.Push(child);
            }
        }
    }

    // While the other trace is unknown, no flow would show the part.
    private bool Begins(Span span) =>
        IsFromAnotherTrace(span) && _traces.Find(span.Links[0].Target.TraceId) is { Spans.Count: > 0 };

    // A consumer with a conversation id belongs to its conversation.
    private static bool IsFromAnotherTrace(Span span) => span is { Kind: SpanKind.Consumer, Links: [var link] }
        && link.Target.TraceId != span.TraceId
        && span.Tags.Find(MessagingTags.ConversationId) is null;
}
