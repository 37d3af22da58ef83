using System.Diagnostics;
using EventBus.Messages;

namespace EventBus.Outbox;

/// <summary>A message that was added to a transaction. Its <c>create</c> span is exported only when the transaction commits.</summary>
/// <param name="message">What was published or sent.</param>
/// <param name="span">Its <c>create</c> span; null when the trace is not recorded.</param>
/// <param name="isDelayed">The relay need not be woken: the message is not due yet.</param>
internal sealed class PendingMessage(Envelope message, Activity? span, bool isDelayed)
{
    public Envelope Message => message;

    public bool IsDelayed => isDelayed;

    public short Partition { get; } = Outbox.Partition.Of(message.Key);

    public void EndSpan()
    {
        // Stopping a span makes the one before it current again, which may have ended long ago.
        var current = Activity.Current;
        span?.Stop();
        Activity.Current = current;
    }
}
