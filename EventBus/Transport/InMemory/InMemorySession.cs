namespace EventBus.Transport.InMemory;

/// <summary>A consumer of an in-memory queue. What it has not acknowledged returns to the queue when it ends.</summary>
internal sealed class InMemorySession(InMemoryQueue queue, Lock gate, int prefetch, Action<Delivery> onDelivery, TimeProvider time) : IConsumerSession
{
    private readonly SortedDictionary<ulong, InMemoryMessage> _delivered = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _tag;

    public Task Ended => _ended.Task;

    public bool HasRoom => _delivered.Count < prefetch;

    public void Start() => queue.Attach(this);

    /// <summary>Called by the queue, under the broker's lock.</summary>
    public void Deliver(InMemoryMessage message)
    {
        _delivered.Add(++_tag, message);
        onDelivery(new Delivery(message.Message, _tag, time.GetUtcNow(), this, message.WasDelivered));
    }

    public void Acknowledge(Delivery delivery)
    {
        lock (gate)
        {
            _delivered.Remove(delivery.Tag);
            queue.Dispatch();
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            queue.Detach(this);
            queue.Return(_delivered.Values);
            _delivered.Clear();
        }

        _ended.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
