using EventBus.Failure;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Consuming;

/// <summary>A delivery in this process. <see cref="Envelope"/> is null when the message has no usable envelope.</summary>
internal sealed record Work(Delivery Delivery, QueuePlan Queue, Envelope? Envelope)
{
    private static long _unreadable;

    /// <summary>Works with the same key are handled in order; a message without a usable envelope has a key of its own.</summary>
    public string Key { get; } = Envelope?.Key ?? $"?{Interlocked.Increment(ref _unreadable)}";

    public int Attempt => FailedMessage.Attempt(Delivery.Message);

    /// <summary>It was delivered after a retry delay or by a replay, long after it was created.</summary>
    public bool Delayed => Attempt > 1 || Delivery.Message.Number(HeaderNames.ReplayedAt) is not null;

    public static Work Of(Delivery delivery, QueuePlan queue) =>
        new(delivery, queue, MessageFormat.FromTransport(delivery.Message, delivery.ReceivedAt));
}
