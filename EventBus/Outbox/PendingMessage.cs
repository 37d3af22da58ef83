using System.Diagnostics;
using EventBus.Messages;

namespace EventBus.Outbox;

/// <summary>A message that was added to a transaction. Its <c>create</c> span is exported only when the transaction commits.</summary>
internal sealed class PendingMessage(Envelope message, Activity? span)
{
    public Envelope Message => message;

    public short Partition { get; } = Outbox.Partition.Of(message.Key);

    /// <summary>The transaction has committed.</summary>
    public void Committed()
    {
        // Stopping a span makes the one before it current again, which may have ended long ago.
        var current = Activity.Current;
        span?.Stop();
        Activity.Current = current;
    }
}
