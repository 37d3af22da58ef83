using System.Collections.Concurrent;
using Flows.Stitching;

namespace Flows.Traces;

/// <summary>
/// What receivers reported when they subscribed: the types of message that are bound to each queue. It is kept when the span is dropped,
/// because a service subscribes once and then runs for a long time.
/// </summary>
public sealed class QueueBindings
{
    private const int MaxQueues = 1000;

    private readonly ConcurrentDictionary<string, QueueBinding> _byQueue = new(StringComparer.Ordinal);

    /// <summary>In alphabetical order of the queues.</summary>
    public IReadOnlyList<QueueBinding> Current() =>
        [.. _byQueue.Values.OrderBy(binding => binding.Queue, StringComparer.Ordinal)];

    public void Observe(Span span)
    {
        if (span.Tags.Find(MessagingTags.Types) is null
            || span.Tags.Find(MessagingTags.Queue) is not { Length: > 0 } queue
            || (_byQueue.Count >= MaxQueues && !_byQueue.ContainsKey(queue)))
        {
            return;
        }

        // The spans of a restarted follower come again, so the newest counts, not the last.
        var binding = new QueueBinding(queue, span.Service, span.Tags.FindList(MessagingTags.Types), span.Start);
        _byQueue.AddOrUpdate(queue, binding, (_, known) => known.At > binding.At ? known : binding);
    }
}

/// <param name="Service">The service that receives from the queue.</param>
/// <param name="Types">The types of message that reach the queue.</param>
/// <param name="At">When the service subscribed, in nanoseconds since the Unix epoch.</param>
public sealed record QueueBinding(string Queue, string Service, IReadOnlyList<string> Types, long At);
