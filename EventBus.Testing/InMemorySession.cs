using EventBus.Transport;

namespace EventBus.Testing;

/// <summary>A consumer of an in-memory queue. Messages that are not settled when it ends return to the queue.</summary>
internal sealed class InMemorySession(InMemoryBroker broker, InMemoryQueue queue, int prefetch, Action<Delivery> onDelivery)
    : IConsumerSession
{
    private readonly SortedDictionary<long, InMemoryMessage> _unsettled = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _tag;

    public Task Ended => _ended.Task;

    public QueuePlan Queue => queue.Plan;

    public bool ReadsDeadLetters { get; init; }

    /// <summary>Under the broker's lock.</summary>
    public bool HasRoom => _unsettled.Count < prefetch;

    /// <summary>Called by the queue, under the broker's lock.</summary>
    public void Deliver(InMemoryMessage message)
    {
        _unsettled.Add(++_tag, message);
        onDelivery(new InMemoryDelivery(broker, this, _tag)
        {
            Message = message.Message,
            ReceivedAt = broker.Clock.GetUtcNow(),
            IsRedelivered = message.WasDelivered,
        });
    }

    /// <summary>Removes the message; false when it was settled before or the session has ended.</summary>
    public bool TrySettle(long tag)
    {
        lock (broker.Gate)
        {
            if (!_unsettled.Remove(tag))
            {
                return false;
            }

            queue.Dispatch();
            return true;
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (broker.Gate)
        {
            queue.Detach(this);
            queue.Return(_unsettled.Values);
            _unsettled.Clear();
        }

        _ended.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
