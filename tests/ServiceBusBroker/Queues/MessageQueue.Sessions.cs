using ServiceBusBroker.Amqp;

namespace ServiceBusBroker.Queues;

/// <summary>Sessions: at most one consumer has a session, and with it all of its messages.</summary>
internal sealed partial class MessageQueue
{
    private readonly LinkedList<SessionRequest> _requests = [];
    private readonly Queue<Lane> _offered = new();

    /// <summary>Gives the consumer a session: the one it asks for, or for null the next that has messages and no owner.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="sessionId">Null for the next one.</param>
    /// <param name="wait">After this time there is none.</param>
    public Task AcceptSessionAsync(Consumer consumer, string? sessionId, TimeSpan wait)
    {
        if (!Options.RequiresSession)
        {
            throw BrokerErrors.NotAllowed(
                "A sessionful message receiver cannot be created on an entity that does not require sessions.");
        }

        lock (_gate)
        {
            if (sessionId is not null)
            {
                var lane = LaneOf(sessionId);
                if (lane.Owner is not null)
                {
                    throw BrokerErrors.SessionCannotBeLocked(sessionId);
                }

                Give(lane, consumer);
                return Task.CompletedTask;
            }

            var request = new SessionRequest(consumer, _clock.GetUtcNow() + wait);
            _requests.AddLast(request);
            HandOutSessions();
            return request.Granted.Task;
        }
    }

    public DateTimeOffset RenewSessionLock(string sessionId)
    {
        lock (_gate)
        {
            var lane = LaneOf(sessionId);
            if (lane.Owner is null)
            {
                throw BrokerErrors.LockLost(isSession: true);
            }

            return lane.LockedUntil = _clock.GetUtcNow() + Options.LockDuration;
        }
    }

    private void ExpireSessions(DateTimeOffset now)
    {
        foreach (var lane in _lanes.Values.Where(lane => lane.Owner is not null && lane.LockedUntil <= now).ToArray())
        {
            var late = lane.Owner!;
            Free(lane, countDelivery: true);
            late.CloseLater(BrokerErrors.LockLost(isSession: true));
        }

        foreach (var request in _requests.Where(request => request.Until <= now).ToArray())
        {
            _requests.Remove(request);
            request.Granted.TrySetException(BrokerErrors.NoSession());
        }
    }

    /// <summary>The consumer no longer waits for a session.</summary>
    private void Withdraw(Consumer consumer)
    {
        if (_requests.FirstOrDefault(request => request.Consumer == consumer) is { } waiting)
        {
            _requests.Remove(waiting);
            waiting.Granted.TrySetException(BrokerErrors.NoSession());
        }
    }

    private void HandOutSessions()
    {
        while (_requests.First?.Value is { } request && _offered.TryDequeue(out var lane))
        {
            lane.IsOffered = false;
            if (lane is { Owner: null, Ready.Count: > 0 })
            {
                _requests.RemoveFirst();
                Give(lane, request.Consumer);
                request.Granted.TrySetResult();
            }
        }
    }

    private void Give(Lane lane, Consumer consumer)
    {
        (lane.Owner, lane.LockedUntil, consumer.Lane) = (consumer, _clock.GetUtcNow() + Options.LockDuration, lane);
        _consumers.Add(consumer);
    }

    private void Free(Lane lane, bool countDelivery)
    {
        foreach (var message in _locked.Values.Where(message => message.Lane == lane).ToArray())
        {
            Unlock(message);
            Return(message, countDelivery);
        }

        _consumers.Remove(lane.Owner!);
        lane.Owner = null;
        if (lane.Count == 0)
        {
            _lanes.Remove(lane.SessionId!);
        }

        Offer(lane);
        HandOutSessions();
    }

    private void Offer(Lane lane)
    {
        if (Options.RequiresSession && lane is { Owner: null, Ready.Count: > 0, IsOffered: false })
        {
            lane.IsOffered = true;
            _offered.Enqueue(lane);
        }
    }

    private sealed record SessionRequest(Consumer Consumer, DateTimeOffset Until)
    {
        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
