using EventBus.Messages;

namespace EventBus.Postgres;

/// <summary>What the tables <c>messaging.outbox</c> and <c>messaging.scheduled</c> have in common.</summary>
internal abstract class StoredMessage
{
    public long Id { get; init; }

    public short Partition { get; set; }

    public Guid MessageId { get; set; }

    public string Type { get; set; } = "";

    public MessageKind Kind { get; set; }

    public string Key { get; set; } = "";

    public long Version { get; set; }

    public string CorrelationId { get; set; } = "";

    public byte[] Content { get; set; } = [];

    public string? TraceParent { get; set; }

    public string? TraceState { get; set; }

    public string? Baggage { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>
/// A row of <c>messaging.outbox</c>: inserted with the business change, deleted when the broker confirmed it, never updated.
/// </summary>
internal sealed class OutboxMessage : StoredMessage;

/// <summary>A row of <c>messaging.scheduled</c>: moved to the outbox when it is due.</summary>
internal sealed class ScheduledMessage : StoredMessage
{
    public DateTimeOffset DueAt { get; init; }
}
