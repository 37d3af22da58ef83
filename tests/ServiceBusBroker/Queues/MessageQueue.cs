using ServiceBusBroker.Amqp;

namespace ServiceBusBroker.Queues;

/// <summary>A queue, a subscription, or the dead letters of one. Every member takes the queue's lock.</summary>
internal sealed partial class MessageQueue : ISendTarget
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly SortedDictionary<long, StoredMessage> _messages = [];
    private readonly PriorityQueue<StoredMessage, DateTimeOffset> _scheduled = new();
    private readonly List<Consumer> _consumers = [];
    private long _lastSequenceNumber;
    private int _turn;

    public MessageQueue(string path, EntityOptions options, TimeProvider clock, bool isDeadLetters = false)
    {
        (Path, Options, _clock) = (path, options, clock);
        DeadLetters = isDeadLetters
            ? null
            : new MessageQueue(
                $"{path}/$DeadLetterQueue",
                new EntityOptions { LockDuration = options.LockDuration, MaxDeliveryCount = int.MaxValue },
                clock,
                isDeadLetters: true);
    }

    public string Path { get; }

    public EntityOptions Options { get; }

    /// <summary>Null for dead letters.</summary>
    public MessageQueue? DeadLetters { get; }

    /// <summary>All messages, also locked and scheduled ones.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count;
            }
        }
    }

    public void Send(IReadOnlyList<MessageContent> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
            {
                Add(message, deadLetteredFrom: null);
            }

            Pump();
        }
    }

    /// <summary>Adds a consumer without session.</summary>
    public void Subscribe(Consumer consumer)
    {
        if (Options.RequiresSession)
        {
            throw BrokerErrors.NotAllowed(
                "It is not possible for an entity that requires sessions to create a non-sessionful message receiver.");
        }

        lock (_gate)
        {
            _consumers.Add(consumer);
        }
    }

    /// <summary>The consumer's link ended. A session is free at once; messages outside a session stay locked, as in Azure.</summary>
    public void Unsubscribe(Consumer consumer)
    {
        lock (_gate)
        {
            _consumers.Remove(consumer);
            Withdraw(consumer);
            if (consumer.Lane is { } lane && lane.Owner == consumer)
            {
                Free(lane, countDelivery: false);
            }
        }
    }

    /// <summary>A consumer has new credit.</summary>
    public void OnCredit()
    {
        lock (_gate)
        {
            Pump();
        }
    }

    /// <summary>The queue is deleted: its consumers are detached.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _consumers.ForEach(consumer => consumer.CloseLater(BrokerErrors.NotFound(Path)));
            foreach (var request in _requests)
            {
                request.Granted.TrySetException(BrokerErrors.NotFound(Path));
            }

            _requests.Clear();
        }

        DeadLetters?.Close();
    }

    /// <summary>Messages from this sequence number on, encoded. They are not locked.</summary>
    public IReadOnlyList<ArraySegment<byte>> Peek(long from, int count)
    {
        lock (_gate)
        {
            return
            [
                .. _messages.Values.Where(message => message.SequenceNumber >= from).Take(count)
                    .Select(message => new ArraySegment<byte>([.. message.ToAmqp().GetPayload().SelectMany(part => part)])),
            ];
        }
    }

    private void Add(MessageContent content, string? deadLetteredFrom)
    {
        if (Options.RequiresSession && content.SessionId is null)
        {
            content.Explain("Session id is null.", "A session-enabled entity does not allow a message without session id.");
            DeadLetters!.AddDeadLetter(content, Path);
            return;
        }

        var now = _clock.GetUtcNow();
        var lane = LaneOf(Options.RequiresSession ? content.SessionId : null);
        var message = new StoredMessage(content, ++_lastSequenceNumber, lane) { EnqueuedAt = now, DeadLetteredFrom = deadLetteredFrom };
        _messages.Add(message.SequenceNumber, message);
        lane.Count++;
        if (deadLetteredFrom is null && content.ScheduledFor is { } due && due > now)
        {
            message.IsScheduled = true;
            _scheduled.Enqueue(message, due);
        }
        else
        {
            MakeReady(message);
        }
    }

    private void AddDeadLetter(MessageContent content, string from)
    {
        lock (_gate)
        {
            Add(content, from);
            Pump();
        }
    }

    private Lane LaneOf(string? sessionId)
    {
        if (!_lanes.TryGetValue(sessionId ?? "", out var lane))
        {
            _lanes.Add(sessionId ?? "", lane = new Lane(sessionId));
        }

        return lane;
    }

    /// <summary>Delivers what may be delivered now.</summary>
    private void Pump()
    {
        if (Options.RequiresSession)
        {
            HandOutSessions();
            foreach (var consumer in _consumers.ToArray())
            {
                while (consumer.Lane!.Ready.Count > 0 && consumer.HasCredit)
                {
                    Deliver(consumer.Lane, consumer);
                }
            }

            return;
        }

        var lane = LaneOf(null);
        while (lane.Ready.Count > 0 && NextWithCredit() is { } consumer)
        {
            Deliver(lane, consumer);
        }
    }

    private Consumer? NextWithCredit()
    {
        for (var i = 0; i < _consumers.Count; i++)
        {
            _turn = (_turn + 1) % _consumers.Count;
            if (_consumers[_turn].HasCredit)
            {
                return _consumers[_turn];
            }
        }

        return null;
    }

    private void MakeReady(StoredMessage message)
    {
        message.Lane.Ready.Enqueue(message, message.SequenceNumber);
        Offer(message.Lane);
    }

    private void Remove(StoredMessage message)
    {
        if (_messages.Remove(message.SequenceNumber))
        {
            message.Lane.Count--;
        }
    }
}
