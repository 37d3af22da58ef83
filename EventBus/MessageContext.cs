namespace EventBus;

/// <summary>The envelope of the message being handled.</summary>
public sealed record MessageContext
{
    /// <summary>Stays the same through retries and replay; the inbox recognises the message by it.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The wire name, as in <c>catalog.price-changed</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The business key of the flow. A message published by a handler takes it over from the message being handled.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The aggregate the message is about. Messages with the same key are handled in order.</summary>
    public required string Key { get; init; }

    /// <summary>The version of the aggregate that the message reports; 0 when the message has none.</summary>
    public required long Version { get; init; }

    /// <summary>When the message was written to the outbox.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>1 for the first delivery, more after retries.</summary>
    public required int Attempt { get; init; }
}
