namespace EventBus.Transport.InMemory;

/// <summary>A queue and who consumes it. Guarded by the broker's lock.</summary>
internal sealed class InMemoryQueue(TimeProvider time)
{
    private readonly LinkedList<InMemoryMessage> _ready = [];
    private readonly List<InMemorySession> _sessions = [];
    private TimeSpan? _timeToLive;
    private Action<TransportMessage>? _forward;
    private int _next;

    public long Count => _ready.Count;

    /// <summary>Only the session that came first receives; another takes its place when it has ended.</summary>
    public bool SingleActiveConsumer { get; set; }

    /// <summary>Messages do not wait for a consumer but for their time.</summary>
    public void ForwardAfter(TimeSpan timeToLive, Action<TransportMessage> forward) => (_timeToLive, _forward) = (timeToLive, forward);

    public void Add(TransportMessage message)
    {
        var added = _ready.AddLast(new InMemoryMessage(message, WasDelivered: false));
        if (_timeToLive is { } timeToLive)
        {
            ITimer? timer = null;
            timer = time.CreateTimer(_ => Expire(added, timer), state: null, timeToLive, Timeout.InfiniteTimeSpan);
            return;
        }

        Dispatch();
    }

    /// <summary>Gives back what was delivered and not acknowledged, to the front and in order.</summary>
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

    private void Expire(LinkedListNode<InMemoryMessage> expired, ITimer? timer)
    {
        timer?.Dispose();
        _ready.Remove(expired);
        _forward!(expired.Value.Message);
    }
}

/// <param name="Message">As it was published.</param>
/// <param name="WasDelivered">A session had it and ended before it was acknowledged.</param>
internal sealed record InMemoryMessage(TransportMessage Message, bool WasDelivered);
