using EventBus.Messages;
using EventBus.Topology;
using EventBus.Transport;

namespace EventBus.Consuming;

/// <summary>A delivery on its way through this process. <see cref="Envelope"/> is null when it could not be read.</summary>
internal sealed record Work(Delivery Delivery, QueuePlan Queue, Envelope? Envelope)
{
    /// <summary>What keeps its order; a message that could not be read has no order to keep.</summary>
    public string Key => Envelope?.Key ?? $"?{Delivery.Tag}";

    public int Attempt => (int)(Delivery.Message.Number(HeaderNames.Attempt) ?? 1);

    /// <summary>It comes from a retry queue or a replay, long after it was created.</summary>
    public bool Delayed => Attempt > 1 || Delivery.Message.Number(HeaderNames.ReplayedAt) is not null;

    public static Work Of(Delivery delivery, QueuePlan queue) =>
        new(delivery, queue, MessageFormat.FromTransport(delivery.Message, queue.Kind, delivery.ReceivedAt));
}

/// <summary>How an attempt at a message ended, as tag <c>eventbus.outcome</c> has it.</summary>
internal static class Outcomes
{
    public const string Handled = "handled";
    public const string Duplicate = "duplicate";
    public const string Stale = "stale";
    public const string Retried = "retried";
    public const string DeadLettered = "dead-lettered";
}
