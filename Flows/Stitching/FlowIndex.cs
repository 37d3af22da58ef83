using System.Collections.Concurrent;
using Flows.Traces;

namespace Flows.Stitching;

/// <summary>The traces of one business action, by conversation id or, without one, by the id of the first trace.</summary>
public sealed class Flow(string key, long number)
{
    public string Key { get; } = key;

    /// <summary>Grows with each new flow.</summary>
    public long Number { get; } = number;

    private Trace[] _traces = [];

    /// <summary>The stored traces. A new array is assigned when a trace is added or dropped; without traces the flow is removed.</summary>
    public Trace[] Traces => Volatile.Read(ref _traces);

    internal void Add(Trace trace) => Volatile.Write(ref _traces, [.. _traces, trace]);

    internal void Remove(Trace trace) => Volatile.Write(ref _traces, Array.FindAll(_traces, kept => kept != trace));
}

/// <summary>Finds the flow of a span while it is taken in. The ingest thread writes; any number read, without locks.</summary>
public sealed class FlowIndex(TelemetryLimits limits)
{
    private const int MaxTracesPerFlow = 512;
    private const int MaxFlowsPerTrace = 64;

    private readonly ConcurrentDictionary<string, Flow> _byKey = new(StringComparer.Ordinal);

    // For the ingest thread: oldest first. A flow leaves it with its last trace, because its key may be long.
    private readonly SortedDictionary<long, Flow> _inOrder = [];
    private long _created;

    /// <summary>Counts the flows that were dropped for newer ones although spans of them were kept.</summary>
    public Tally Tally { get; } = new();

    public Flow? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The newest flow that has this value in an identifying attribute.</summary>
    public Flow? FindByBusinessKey(string key) =>
        Snapshot().FindLast(flow => Array.Exists(flow.Traces, trace => trace.Keys.Read().Contains(key)));

    /// <summary>The flows from the oldest to the newest.</summary>
    public List<Flow> Snapshot()
    {
        var flows = _byKey.Select(entry => entry.Value).Where(flow => flow.Traces.Length > 0).ToList();
        flows.Sort((one, other) => one.Number.CompareTo(other.Number));
        return flows;
    }

    public void Observe(Trace trace, Span span)
    {
        string? key = null;
        foreach (var tag in span.Tags)
        {
            if (tag.Value.Length == 0)
            {
                continue;
            }

            if (tag.Key == MessagingTags.ConversationId)
            {
                key = tag.Value;
            }
            else if (IsIdentifying(tag.Key))
            {
                Trace.AddDistinct(trace.Keys, tag.Value, Trace.MaxKeys);
            }
        }

        var isMessage = span.Kind is SpanKind.Producer or SpanKind.Consumer;
        if (key is null && isMessage && (span.Kind == SpanKind.Producer || span.Links.Length == 0))
        {
            // A consumer with its own trace belongs to the flow of the linked trace. Any other trace without a conversation starts a flow.
            key = trace.Id.ToString();
        }

        if (key is null || trace.Conversations.Count >= MaxFlowsPerTrace || trace.Conversations.Read().Contains(key))
        {
            return;
        }

        trace.Conversations.Add(key);
        var flow = GetOrAdd(key);
        if (flow.Traces.Length < MaxTracesPerFlow)
        {
            flow.Add(trace);
        }
    }

    public void Forget(Trace trace)
    {
        foreach (var key in trace.Conversations.Read())
        {
            if (!_byKey.TryGetValue(key, out var flow))
            {
                continue;
            }

            flow.Remove(trace);
            if (flow.Traces.Length == 0)
            {
                Remove(flow);
            }
        }
    }

    private static bool IsIdentifying(string key) =>
        key == MessagingTags.Key
        || (key.EndsWith(".id", StringComparison.Ordinal)
            && !key.StartsWith("messaging.", StringComparison.Ordinal)
            && !key.StartsWith("thread.", StringComparison.Ordinal));

    private Flow GetOrAdd(string key)
    {
        if (_byKey.TryGetValue(key, out var flow))
        {
            return flow;
        }

        if (_inOrder.Count >= limits.Flows)
        {
            var oldest = _inOrder.First().Value;
            Remove(oldest);
            Tally.Drop(1, UnixNanos.ToTime(oldest.Traces.Max(trace => trace.End)));
        }

        flow = new Flow(key, _created++);
        _byKey[key] = flow;
        _inOrder.Add(flow.Number, flow);
        return flow;
    }

    private void Remove(Flow flow)
    {
        _byKey.TryRemove(flow.Key, out _);
        _inOrder.Remove(flow.Number);
    }
}
