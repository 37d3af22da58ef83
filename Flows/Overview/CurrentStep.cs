using Flows.Stitching;
using Flows.Topology;

namespace Flows.Overview;

/// <summary>What a flow waits for, since when, and how long that normally takes.</summary>
public sealed record CurrentStep(FlowMessage Message, string Queue, TimeSpan Age, PartTimes? Normal)
{
    public bool IsOverdue => OverdueSteps.IsOverdue(Age, Normal);

    /// <summary>The oldest step that the flow waits for; null if it waits for nothing.</summary>
    public static CurrentStep? Of(FlowView flow, MessageSnapshot snapshot, DateTimeOffset now)
    {
        foreach (var message in flow.Messages)
        {
            var queue = message.WaitsIn is [var waiting, ..]
                ? waiting
                : message.Deliveries.FirstOrDefault(delivery => delivery.State is FlowState.Retrying)?.Queue;
            if (queue is not null)
            {
                return new CurrentStep(
                    message, queue, now - new SentMessage(flow, message).WaitsSince, snapshot.Times.Of(message.Type, queue));
            }
        }

        return null;
    }
}
