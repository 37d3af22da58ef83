using Dashboard.Flows;
using Dashboard.Telemetry;

namespace Dashboard.Components.Parts;

/// <summary>A span's place in the waterfall; positions are fractions of the trace's duration.</summary>
/// <param name="Waits">Where a message waited before this span handled it: class, from, to.</param>
public sealed record WaterfallRow(
    Span Span, int Depth, int Children, double From, double To, IReadOnlyList<(string Part, double From, double To)> Waits);

/// <summary>Orders a trace's spans as a tree, each level by start.</summary>
public sealed class Waterfall
{
    private readonly ILookup<SpanId, Span> _children;
    private readonly List<WaterfallRow> _rows = [];
    private readonly HashSet<SpanId> _placed = [];
    private readonly long _start;
    private readonly double _length;

    private Waterfall(Trace trace)
    {
        var spans = trace.Spans.ToSegment().DistinctBy(span => span.Id).OrderBy(span => span.Start).ToList();
        var known = spans.Select(span => span.Id).ToHashSet();
        _start = spans.Min(span => span.Start);
        _length = Math.Max(1, spans.Max(span => span.End) - _start);
        _children = spans.ToLookup(span => known.Contains(span.ParentId) && span.ParentId != span.Id ? span.ParentId : default);
        foreach (var root in _children[default])
        {
            Place(root);
        }

        // Spans that name each other as parents hang on no root; they are shown all the same.
        foreach (var span in spans)
        {
            Place(span);
        }
    }

    public static IReadOnlyList<WaterfallRow> Of(Trace trace) => new Waterfall(trace)._rows;

    private void Place(Span root)
    {
        // A stack of one's own: a trace may be deeper than the thread's.
        var toPlace = new Stack<(Span Span, int Depth)>([(root, 0)]);
        while (toPlace.TryPop(out var next))
        {
            if (!_placed.Add(next.Span.Id))
            {
                continue;
            }

            var children = _children[next.Span.Id].ToList();
            _rows.Add(new WaterfallRow(
                next.Span, next.Depth, children.Count, At(next.Span.Start), At(next.Span.End), WaitsOf(next.Span)));
            for (var i = children.Count - 1; i >= 0; i--)
            {
                toPlace.Push((children[i], next.Depth + 1));
            }
        }
    }

    private double At(long nanos) => Math.Clamp((nanos - _start) / _length, 0, 1);

    private double At(DateTimeOffset time) => At((time - DateTimeOffset.UnixEpoch).Ticks * 100);

    private List<(string Part, double From, double To)> WaitsOf(Span span)
    {
        var waits = new List<(string, double, double)>();
        if (span.Kind != SpanKind.Consumer)
        {
            return waits;
        }

        var created = MessageSpans.TimeOf(span, MessagingTags.CreatedAt);
        var published = MessageSpans.TimeOf(span, MessagingTags.PublishedAt);
        var received = MessageSpans.TimeOf(span, MessagingTags.ReceivedAt);
        var handling = MessageSpans.TimeOf(span, MessagingTags.HandlingAt);
        Add("outbox", created, published);
        Add("broker", published, received);
        Add("prefetch", received, handling);
        return waits;

        void Add(string part, DateTimeOffset? from, DateTimeOffset? to)
        {
            if (from < to)
            {
                waits.Add((part, At(from.Value), At(to.Value)));
            }
        }
    }
}
