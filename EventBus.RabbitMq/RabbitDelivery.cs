using EventBus.Transport;

namespace EventBus.RabbitMq;

/// <summary>A delivery of a session, addressed by its tag. A copy is stored before the original is acknowledged.</summary>
internal sealed class RabbitDelivery(RabbitConsumerSession session, ulong tag, string exchange, string routingKey) : Delivery
{
    public override bool IsLost => session.Ended.IsCompleted;

    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken)
    {
        session.Acknowledge(tag);
        return ValueTask.CompletedTask;
    }

    public override Task ResendAsync(TransportMessage copy, TimeSpan delay, CancellationToken cancellationToken) => MoveAsync(
        delay == TimeSpan.Zero ? session.Queue.Name : RabbitQueues.Retry(session.Queue, delay), copy, cancellationToken);

    public override Task DeadLetterAsync(TransportMessage copy, string reason, string? description, CancellationToken cancellationToken) =>
        MoveAsync(RabbitQueues.DeadLetters(session.Queue), copy, cancellationToken);

    /// <summary>Ends the session: without it the broker would redeliver this message behind later ones with the same key.</summary>
    public override ValueTask ReleaseAsync() => session.DisposeAsync();

    private async Task MoveAsync(string queue, TransportMessage copy, CancellationToken cancellationToken)
    {
        await session.Forwarder.ForwardAsync(AmqpMessage.To(queue, copy, exchange, routingKey), cancellationToken);
        session.Acknowledge(tag);
    }
}
