namespace Flows.Topology;

/// <summary>Compares what publishers declare (required queues) and what receivers report.</summary>
public static class Findings
{
    public static IEnumerable<Finding> Of(IReadOnlyList<Edge> edges, IReadOnlyList<QueueNode> queues)
    {
        foreach (var queue in queues.Where(queue => queue.OldestAge > TopologyReader.LongWait))
        {
            var receivers = queue.Receivers.Count == 0
                ? "no receiver has reported a message"
                : $"{string.Join(", ", queue.Receivers)} takes none";
            var waiting = queue.Waiting == 1 ? "1 message waits" : $"{queue.Waiting} messages wait";
            yield return new Finding(
                $"{queue.Name}: {waiting}, and {receivers}. Is the service running?",
                $"/messages?queue={Uri.EscapeDataString(queue.Name)}&state=InFlight");
        }

        foreach (var edge in edges.Where(edge => edge.Queue is null))
        {
            yield return new Finding(
                $"{edge.Type}: published by {edge.From ?? "an unknown service"}, and no receiver has reported it.",
                $"/messages?type={Uri.EscapeDataString(edge.Type)}");
        }
    }
}
