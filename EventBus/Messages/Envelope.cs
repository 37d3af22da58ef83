namespace EventBus.Messages;

/// <summary>A message as it is stored in an outbox and carried to its receivers.</summary>
internal sealed record Envelope
{
    public required Guid MessageId { get; init; }

    /// <summary>The wire name.</summary>
    public required string Type { get; init; }

    public required MessageKind Kind { get; init; }

    public required string Key { get; init; }

    /// <summary>0 when the message has none.</summary>
    public required long Version { get; init; }

    public required string CorrelationId { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public TraceHeaders Trace { get; init; }
}

/// <summary>The W3C trace context of the moment in which the message was created, whether or not that trace is sampled.</summary>
internal readonly record struct TraceHeaders(string? Parent, string? State, string? Baggage);
