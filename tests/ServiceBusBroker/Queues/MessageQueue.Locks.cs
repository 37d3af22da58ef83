using Microsoft.Azure.Amqp.Framing;
using ServiceBusBroker.Amqp;

namespace ServiceBusBroker.Queues;

/// <summary>Deliveries, their locks, and how they end.</summary>
internal sealed partial class MessageQueue
{
    private readonly Dictionary<Guid, StoredMessage> _locked = [];

    /// <summary>Ends a delivery with the consumer's outcome; returns the outcome to answer with.</summary>
    /// <param name="token">The lock token.</param>
    /// <param name="state">The consumer's outcome.</param>
    /// <param name="by">The link on which the outcome arrived; null for a request.</param>
    public Outcome Settle(Guid token, DeliveryState? state, Consumer? by = null)
    {
        lock (_gate)
        {
            if (!_locked.TryGetValue(token, out var message) || (by is not null && message.Lock!.Holder != by))
            {
                return new Rejected { Error = BrokerErrors.LockLost(Options.RequiresSession).Error };
            }

            Unlock(message);
            End(message, state);
            Pump();
            return new Accepted();
        }
    }

    public DateTimeOffset RenewLock(Guid token)
    {
        lock (_gate)
        {
            if (!_locked.TryGetValue(token, out var message))
            {
                throw BrokerErrors.LockLost(isSession: false);
            }

            message.Lock = message.Lock! with { Until = _clock.GetUtcNow() + Options.LockDuration };
            return message.Lock.Until;
        }
    }

    /// <summary>Does what is due: scheduled messages, locks that expired, requests that waited long enough.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            ReleaseScheduled(now);
            foreach (var message in _locked.Values.Where(message => !Options.RequiresSession && message.Lock!.Until <= now).ToArray())
            {
                Unlock(message);
                Return(message, countDelivery: true);
            }

            ExpireSessions(now);
            Pump();
        }

        DeadLetters?.Tick();
    }

    private void ReleaseScheduled(DateTimeOffset now)
    {
        while (_scheduled.TryPeek(out var due, out var at) && at <= now)
        {
            _scheduled.Dequeue();
            (due.IsScheduled, due.EnqueuedAt) = (false, now);
            MakeReady(due);
        }
    }

    private void End(StoredMessage message, DeliveryState? state)
    {
        switch (state)
        {
            case Accepted:
                Remove(message);
                break;

            case Rejected rejected:
                message.Content.Change(rejected.Error?.Info);
                DeadLetter(message);
                break;

            case Modified modified:
                message.Content.Change(modified.MessageAnnotations);
                Return(message, countDelivery: true);
                break;

            default:
                Return(message, countDelivery: false);
                break;
        }
    }

    private void Deliver(Lane lane, Consumer consumer)
    {
        var message = lane.Ready.Dequeue();
        var until = Options.RequiresSession ? lane.LockedUntil : _clock.GetUtcNow() + Options.LockDuration;
        var held = message.Lock = new MessageLock(Guid.NewGuid(), consumer, until);
        _locked.Add(held.Token, message);

        // A connection that is cut while the message is written ends the consumer within this call, and the message is returned then.
        if (!consumer.TrySend(message) && message.Lock == held)
        {
            Unlock(message);
            MakeReady(message);
        }
    }

    private void Unlock(StoredMessage message)
    {
        _locked.Remove(message.Lock!.Token);
        message.Lock = null;
    }

    private void Return(StoredMessage message, bool countDelivery)
    {
        if (countDelivery && ++message.DeliveryCount >= Options.MaxDeliveryCount)
        {
            message.Content.Explain(
                "MaxDeliveryCountExceeded", $"Message could not be consumed after {Options.MaxDeliveryCount} delivery attempts.");
            DeadLetter(message);
            return;
        }

        MakeReady(message);
    }

    private void DeadLetter(StoredMessage message)
    {
        Remove(message);
        DeadLetters?.AddDeadLetter(message.Content, Path);
    }
}
