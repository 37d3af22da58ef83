namespace Flows.Traces;

/// <summary>The known spans of one trace. One thread adds spans; any number of threads read them.</summary>
public sealed class Trace(TraceId id)
{
    public const int MaxKeys = 16;

    // The estimated size of the object, its lists and its entries in the store and in a flow.
    private const int OwnBytes = 480;
    private const int MostWalked = 16;

    private readonly AppendList<Span> _spans = new();
    private readonly AppendList<SpanRef> _linkedFrom = new();
    private readonly AppendList<string> _conversations = new();
    private readonly AppendList<string> _keys = new();
    private long _start = long.MaxValue;
    private long _end;
    private int _errors;
    private Span? _root;

    // Created when the trace has too many spans for a linear search.
    private HashSet<SpanId>? _ids;

    public TraceId Id { get; } = id;

    public AppendList<Span> Spans => _spans;

    /// <summary>Spans of other traces that link to a span of this one.</summary>
    public AppendList<SpanRef> LinkedFrom => _linkedFrom;

    /// <summary>The business actions that spans of this trace say they belong to.</summary>
    public AppendList<string> Conversations => _conversations;

    /// <summary>Values of this trace's identifying attributes (order id, product id …): what people search for.</summary>
    public AppendList<string> Keys => _keys;

    /// <summary>About how much memory this trace holds, its spans included.</summary>
    public long Bytes { get; private set; } = OwnBytes;

    /// <summary>Nanoseconds since the Unix epoch; 0 while only links to this trace are known.</summary>
    public long Start => _start == long.MaxValue ? 0 : Volatile.Read(ref _start);

    public long End => Volatile.Read(ref _end);

    public TimeSpan Duration => TimeSpan.FromTicks(Math.Max(0, End - Start) / 100);

    public int Errors => Volatile.Read(ref _errors);

    /// <summary>The span without a parent, or the earliest span until that one arrives.</summary>
    public Span? Root => Volatile.Read(ref _root);

    /// <summary>
    /// Whether the trace already has a span with this id: exporters that retry and streams that reconnect repeat spans. For the ingest
    /// thread.
    /// </summary>
    internal bool Has(SpanId id)
    {
        if (_ids is not null)
        {
            return _ids.Contains(id);
        }

        foreach (var span in _spans.Read())
        {
            if (span.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    internal void Add(Span span)
    {
        _spans.Add(span);
        Bytes += span.Bytes;
        _ids?.Add(span.Id);
        if (_ids is null && _spans.Count > MostWalked)
        {
            _ids = [.. _spans.ToSegment().Select(known => known.Id)];
        }

        Volatile.Write(ref _start, Math.Min(_start, span.Start));
        Volatile.Write(ref _end, Math.Max(_end, span.End));
        if (span.IsError)
        {
            Volatile.Write(ref _errors, _errors + 1);
        }

        if (_root is null || IsMoreOfARoot(span, _root))
        {
            Volatile.Write(ref _root, span);
        }
    }

    internal static void AddDistinct(AppendList<string> list, string value, int max)
    {
        if (list.Count < max && !list.Read().Contains(value))
        {
            list.Add(value);
        }
    }

    private static bool IsMoreOfARoot(Span span, Span than) => span.ParentId.IsEmpty == than.ParentId.IsEmpty
        ? span.Start < than.Start
        : span.ParentId.IsEmpty;
}
