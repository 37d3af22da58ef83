using System.Runtime.CompilerServices;
using Dashboard.Telemetry;

namespace Dashboard.Flows;

/// <summary>Lists and searches flows; keeps the stitched form of a flow until one of its traces grows.</summary>
public sealed class FlowCatalog(TraceStore traces, FlowStitcher stitcher, TimeProvider clock)
{
    // By the array: once a trace of it is dropped, nothing leads to the view any more, which would keep that trace's spans.
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

    public FlowView? Find(string key) => traces.Flows.Find(key) is { } flow ? ViewOf(flow) : stitcher.Stitch(key);

    // A trace of another library that also carries a conversation is listed under the conversation alone.
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

    // Time alone changes what is in flight, and links may lead to traces whose growth is not counted above.
    private bool IsStale(Entry entry, long now) =>
        clock.GetElapsedTime(entry.At, now) > (entry.View?.State == FlowState.Done ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(2));

    private sealed record Entry(long Version, long At, FlowView? View);
}
