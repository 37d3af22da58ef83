using Microsoft.Azure.Amqp;
using ServiceBusBroker.Amqp;

namespace ServiceBusBroker.Queues;

/// <summary>A message in a queue.</summary>
internal sealed class StoredMessage(MessageContent content, long sequenceNumber, Lane lane)
{
    private const int Active = 0;
    private const int Scheduled = 2;

    public MessageContent Content => content;

    public long SequenceNumber => sequenceNumber;

    public Lane Lane => lane;

    public bool IsScheduled { get; set; }

    public DateTimeOffset EnqueuedAt { get; set; }

    /// <summary>Deliveries that failed.</summary>
    public uint DeliveryCount { get; set; }

    /// <summary>Null while no consumer has it.</summary>
    public MessageLock? Lock { get; set; }

    /// <summary>The queue in which it became a dead letter.</summary>
    public string? DeadLetteredFrom { get; init; }

    public AmqpMessage ToAmqp()
    {
        var annotations = new Dictionary<string, object>
        {
            ["x-opt-sequence-number"] = sequenceNumber,
            ["x-opt-enqueued-time"] = EnqueuedAt.UtcDateTime,
            ["x-opt-message-state"] = IsScheduled ? Scheduled : Active,
        };
        if (Lock is { } held)
        {
            annotations["x-opt-locked-until"] = held.Until.UtcDateTime;
        }

        if (DeadLetteredFrom is not null)
        {
            annotations["x-opt-deadletter-source"] = DeadLetteredFrom;
        }

        return content.ToAmqp(annotations, DeliveryCount);
    }
}

/// <param name="Token">Also the tag of the delivery.</param>
/// <param name="Holder">The consumer that it was sent to.</param>
/// <param name="Until">In a session, the lock of the session counts instead.</param>
internal sealed record MessageLock(Guid Token, Consumer Holder, DateTimeOffset Until);
