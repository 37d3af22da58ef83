using Flows.Stitching;
using Flows.Traces;

namespace Flows.Topology;

/// <summary>Compares what is bound to the queues with what was really sent.</summary>
public static class UnusedBindings
{
    /// <summary>
    /// The bindings with the types of which no stored message reached the queue, or waits for it; without the bindings that have none.
    /// </summary>
    public static IEnumerable<QueueBinding> Of(IEnumerable<QueueBinding> bindings, IEnumerable<SentMessage> messages)
    {
        var used = messages.SelectMany(sent => sent.Queues.Select(queue => (queue, sent.Message.Type))).ToHashSet();
        return bindings
            .Select(binding => binding with { Types = [.. binding.Types.Where(type => !used.Contains((binding.Queue, type)))] })
            .Where(binding => binding.Types.Count > 0);
    }
}
