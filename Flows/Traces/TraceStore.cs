using System.Collections.Concurrent;
using Flows.Stitching;

namespace Flows.Traces;

/// <summary>The newest traces and the flows they belong to. The ingest thread adds; any number read, without locks.</summary>
public sealed class TraceStore(TelemetryLimits limits)
{
    private readonly ConcurrentDictionary<TraceId, Trace> _byId = new();
    private readonly BoundedLog<Trace> _inOrder = new(limits.Spans);
    private long _spans;
    private long _bytes;
    private long _version;

    public Tally Tally { get; } = new();

    public FlowIndex Flows { get; } = new(limits);

    public QueueBindings Bindings { get; } = new();

    /// <summary>Changes with each span taken in.</summary>
    public long Version => Volatile.Read(ref _version);

    public long SpanCount => Volatile.Read(ref _spans);

    public long Bytes => Volatile.Read(ref _bytes);

    public Trace? Find(TraceId id) => _byId.GetValueOrDefault(id);

    public Span? Find(SpanRef at)
    {
        if (Find(at.TraceId) is { } trace)
        {
            foreach (var span in trace.Spans.Read())
            {
                if (span.Id == at.SpanId)
                {
                    return span;
                }
            }
        }

        return null;
    }

    /// <summary>The traces with at least one known span, oldest first.</summary>
    public List<Trace> Snapshot()
    {
        var traces = _inOrder.Snapshot();
        traces.RemoveAll(trace => trace.Spans.Count == 0);
        return traces;
    }

    /// <summary>Adds a span, unless it is already there. False if its trace is full: the caller refuses the span, and counts it.</summary>
    public bool Add(Span span)
    {
        var trace = GetOrAdd(span.TraceId);
        if (trace.Has(span.Id))
        {
            return true;
        }

        if (trace.Spans.Count >= limits.SpansPerTrace)
        {
            return false;
        }

        trace.Add(span);
        Flows.Observe(trace, span);
        Bindings.Observe(span);
        foreach (var link in span.Links)
        {
            if (link.Target.TraceId != span.TraceId)
            {
                AddLink(link.Target.TraceId, span.Ref);
            }
        }

        Tally.Receive(1);
        Volatile.Write(ref _spans, _spans + 1);
        Volatile.Write(ref _bytes, _bytes + span.Bytes);
        Volatile.Write(ref _version, _version + 1);
        while ((_spans > limits.Spans || _bytes > limits.SpanBytes) && _inOrder.Count > 1)
        {
            DropOldest();
        }

        return true;
    }

    private void AddLink(TraceId target, SpanRef from)
    {
        var trace = GetOrAdd(target);
        if (trace.LinkedFrom.Count < limits.SpansPerTrace)
        {
            trace.LinkedFrom.Add(from);
        }
    }

    private Trace GetOrAdd(TraceId id)
    {
        if (_byId.TryGetValue(id, out var trace))
        {
            return trace;
        }

        if (_inOrder.IsFull)
        {
            DropOldest();
        }

        trace = new Trace(id);
        Volatile.Write(ref _bytes, _bytes + trace.Bytes);
        _byId[id] = trace;
        _inOrder.Append(trace);
        return trace;
    }

    private void DropOldest()
    {
        if (_inOrder.RemoveOldest() is not { } oldest)
        {
            return;
        }

        _byId.TryRemove(oldest.Id, out _);
        Flows.Forget(oldest);
        Volatile.Write(ref _spans, _spans - oldest.Spans.Count);
        Volatile.Write(ref _bytes, _bytes - oldest.Bytes);
        if (oldest.Spans.Count > 0)
        {
            Tally.Drop(oldest.Spans.Count, UnixNanos.ToTime(oldest.End));
        }
    }
}
