using EventBus.Messages;

namespace EventBus.Outbox.Postgres;

/// <summary>What the tables <c>messaging.outbox</c> and <c>messaging.scheduled</c> have in common.</summary>
internal abstract class StoredMessage
{
    public long Id { get; init; }

    public short Partition { get; init; }

    public Guid MessageId { get; init; }

    public string Type { get; init; } = "";

    public MessageKind Kind { get; init; }

    public string Key { get; init; } = "";

    public long Version { get; init; }

    public string CorrelationId { get; init; } = "";

    public byte[] Content { get; init; } = [];

    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }

    public string? Baggage { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A row of <c>messaging.outbox</c>: inserted with the business change, deleted when the broker has it, never updated.</summary>
internal sealed class OutboxMessage : StoredMessage;

/// <summary>A row of <c>messaging.scheduled</c>: moved to the outbox when due.</summary>
internal sealed class ScheduledMessage : StoredMessage
{
    public DateTimeOffset DueAt { get; init; }
}
