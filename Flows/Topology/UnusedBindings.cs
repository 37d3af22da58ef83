using Flows.Stitching;
using Flows.Traces;

namespace Flows.Topology;

/// <summary>Compares what is bound to the queues with what was really sent.</summary>
public static class UnusedBindings
{
    /// <summary>
    /// The bindings with the types of which no stored message reached the queue, or waits for it; without the bindings that have none.
    /// </summary>
    public static IEnumerable<QueueBinding> Of(IReadOnlyList<QueueBinding> bindings, IEnumerable<SentMessage> messages)
    {
        var unused = bindings.SelectMany(binding => binding.Types, (binding, type) => (binding.Queue, type)).ToHashSet();
        foreach (var sent in messages.TakeWhile(_ => unused.Count > 0))
        {
            foreach (var queue in sent.Queues)
            {
                unused.Remove((queue, sent.Message.Type));
            }
        }

        return bindings
            .Select(binding => binding with { Types = [.. binding.Types.Where(type => unused.Contains((binding.Queue, type)))] })
            .Where(binding => binding.Types.Count > 0);
    }
}
