using EventBus.Transport;

namespace EventBus.Testing;

/// <summary>The messages of a queue and its consumers. Every member is called under the broker's lock.</summary>
internal sealed class InMemoryQueue(QueuePlan plan)
{
    private readonly LinkedList<InMemoryMessage> _ready = [];
    private readonly List<InMemorySession> _sessions = [];
    private int _next;

    public QueuePlan Plan => plan;

    public long Count => _ready.Count;

    /// <summary>Only the first session receives; another takes its place when it ends.</summary>
    public bool SingleActiveConsumer { get; init; }

    public void Add(TransportMessage message)
    {
        _ready.AddLast(new InMemoryMessage(message, WasDelivered: false));
        Dispatch();
    }

    /// <summary>Returns messages that were not settled to the front, in order.</summary>
    public void Return(IEnumerable<InMemoryMessage> messages)
    {
        foreach (var message in messages.Reverse())
        {
            _ready.AddFirst(message with { WasDelivered = true });
        }

        Dispatch();
    }

    public void Attach(InMemorySession session)
    {
        _sessions.Add(session);
        Dispatch();
    }

    public void Detach(InMemorySession session) => _sessions.Remove(session);

    /// <summary>Hands messages out in turn to the sessions that have room.</summary>
    public void Dispatch()
    {
        while (_ready.First is { } first)
        {
            var candidates = (SingleActiveConsumer ? _sessions.Take(1) : _sessions).Where(session => session.HasRoom).ToArray();
            if (candidates.Length == 0)
            {
                return;
            }

            _ready.RemoveFirst();
            candidates[_next++ % candidates.Length].Deliver(first.Value);
        }
    }
}

/// <param name="Message">As it was published.</param>
/// <param name="WasDelivered">A session received it and ended before it was settled.</param>
internal sealed record InMemoryMessage(TransportMessage Message, bool WasDelivered);
