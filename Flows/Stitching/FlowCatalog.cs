using System.Runtime.CompilerServices;
using Flows.Traces;

namespace Flows.Stitching;

/// <summary>Lists and searches flows. The view of a flow is cached until one of its traces gets a new span.</summary>
public sealed class FlowCatalog(TraceStore traces, FlowStitcher stitcher, TimeProvider clock)
{
    private static readonly TimeSpan MayStillGrow = TimeSpan.FromMinutes(1);

    // The key is the array, held weakly: after one of its traces is dropped, the view is released too, and with it the trace's spans.
    private readonly ConditionalWeakTable<Trace[], Entry> _stitched = [];

    /// <summary>The newest flows that match, newest first.</summary>
    public List<FlowView> List(FlowFilter filter, int max)
    {
        var found = new List<FlowView>();
        var flows = traces.Flows.Snapshot();
        for (var i = flows.Count - 1; i >= 0 && found.Count < max; i--)
        {
            if (!IsSuperseded(flows[i]) && ViewOf(flows[i]) is { } view && filter.Matches(view))
            {
                found.Add(view);
            }
        }

        return found;
    }

    /// <summary>The number of flows. Needs no view of any of them.</summary>
    public int Count() => traces.Flows.Snapshot().Count(flow => !IsSuperseded(flow));

    /// <summary>The flow with this key or trace id or, if there is none, the newest with this business key.</summary>
    public FlowView? Find(string key) => (traces.Flows.Find(key) is { } flow ? ViewOf(flow) : stitcher.Stitch(key))
        ?? (traces.Flows.FindByBusinessKey(key) is { } known ? ViewOf(known) : null);

    // A trace of another library that also has a conversation id is listed only under the conversation.
    private static bool IsSuperseded(Flow flow) =>
        flow.Traces is [var only] && flow.Key == only.Id.ToString() && only.Conversations.Count > 1;

    private FlowView? ViewOf(Flow flow)
    {
        var from = flow.Traces;
        if (from.Length == 0)
        {
            return null;
        }

        var version = 0L;
        foreach (var trace in from)
        {
            version += trace.Spans.Count + trace.LinkedFrom.Count + 1;
        }

        var now = clock.GetTimestamp();
        if (_stitched.TryGetValue(from, out var entry) && entry.Version == version && !IsStale(entry, now))
        {
            return entry.View;
        }

        var view = stitcher.Stitch(flow.Key);
        _stitched.AddOrUpdate(from, new Entry(version, now, view));
        return view;
    }

    // What is in flight or scheduled changes with time alone, and links may lead to traces whose versions are not part of the key above.
    // Nothing of that is expected of a flow that ended long ago.
    private bool IsStale(Entry entry, long now)
    {
        var age = clock.GetElapsedTime(entry.At, now);
        return entry.View is { State: FlowState.Done } done
            ? done.NextDueAt <= clock.GetUtcNow()
                || (age > MayStillGrow && done.End > clock.GetUtcNow() - age - TimeSpan.FromMinutes(5))
            : age > TimeSpan.FromSeconds(2);
    }

    private sealed record Entry(long Version, long At, FlowView? View);
}
