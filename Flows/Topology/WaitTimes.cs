using Flows.Stitching;

namespace Flows.Topology;

/// <summary>
/// The parts of the wait of all attempts over one edge, and the total of each delivery with all its attempts. A part is null if it was
/// never measured.
/// </summary>
public sealed record WaitTimes(
    PartTimes? Outbox, PartTimes? Broker, PartTimes? Prefetch, PartTimes? RetryDelay, PartTimes Handler, PartTimes Total)
{
    /// <summary>Null if there is no delivery.</summary>
    public static WaitTimes? Of(IReadOnlyList<FlowDelivery> deliveries)
    {
        var waits = deliveries.SelectMany(delivery => delivery.Attempts).Select(attempt => attempt.Wait).ToList();
        return waits.Count == 0
            ? null
            : new WaitTimes(
                PartTimes.Of(waits.Select(wait => wait.Outbox)),
                PartTimes.Of(waits.Select(wait => wait.Broker)),
                PartTimes.Of(waits.Select(wait => wait.Prefetch)),
                PartTimes.Of(waits.Where(wait => wait.RetryDelay > TimeSpan.Zero).Select(wait => wait.RetryDelay)),
                PartTimes.Of(waits.Select(wait => (TimeSpan?)wait.Handler))!,
                PartTimes.Of(deliveries.Select(delivery => (TimeSpan?)delivery.Took))!);
    }
}
