using EventBus.Transport;

namespace EventBus.Testing;

/// <summary>A delivery of an in-memory session.</summary>
internal sealed class InMemoryDelivery(InMemoryBroker broker, InMemorySession session, long tag) : Delivery
{
    public override bool IsLost => session.Ended.IsCompleted;

    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken)
    {
        // Acknowledging a dead letter discards it.
        if (session.TrySettle(tag) && !session.ReadsDeadLetters)
        {
            broker.Handled(session.Queue, Message);
        }

        return ValueTask.CompletedTask;
    }

    public override Task ResendAsync(TransportMessage copy, TimeSpan delay, CancellationToken cancellationToken)
    {
        broker.Resend(session.Queue, copy, delay);
        session.TrySettle(tag);
        return Task.CompletedTask;
    }

    public override Task DeadLetterAsync(TransportMessage copy, string reason, string? description, CancellationToken cancellationToken)
    {
        broker.DeadLetter(session.Queue, copy);
        session.TrySettle(tag);
        return Task.CompletedTask;
    }

    public override ValueTask ReleaseAsync() => session.DisposeAsync();
}
