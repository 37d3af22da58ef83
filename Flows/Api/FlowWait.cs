using Flows.Stitching;
using Flows.Traces;

namespace Flows.Api;

/// <summary>Finds a flow for a request, and waits until it has reached its milestones.</summary>
public sealed class FlowWait(FlowCatalog flows, TraceStore traces, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public FlowView? Find(string key) => flows.Find(key);

    /// <summary>
    /// Returns as soon as the flow has reached all milestones; otherwise the flow as it is when the time is over or the application stops.
    /// </summary>
    public async Task<(FlowView? Flow, bool IsReached)> ForAsync(
        string key, Milestone[] milestones, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        // A flow changes only with new spans, except that a message that nothing requires counts as done after a time without a receipt.
        // So the flow is read again when the version of the store has changed, and at the end.
        using var timer = new PeriodicTimer(Interval, clock);
        long? version = null;
        FlowView? flow = null;
        while (true)
        {
            var isOver = clock.GetElapsedTime(began) >= timeout || lifetime.ApplicationStopping.IsCancellationRequested;
            if (version != traces.Version || isOver)
            {
                version = traces.Version;
                flow = Find(key);
                if (flow is not null && Array.TrueForAll(milestones, milestone => milestone.IsReachedBy(flow)))
                {
                    return (flow, true);
                }
            }

            if (isOver)
            {
                return (flow, false);
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
