namespace EventBus;

/// <summary>A message that could not be handled, as it waits in a dead-letter queue.</summary>
public sealed record DeadLetter
{
    /// <summary>The queue it could not be handled from.</summary>
    public required string Queue { get; init; }

    /// <summary>Null when the message had none that could be read; such a message cannot be replayed.</summary>
    public required Guid? MessageId { get; init; }

    /// <summary>The wire name; null when the message had none.</summary>
    public required string? Type { get; init; }

    /// <summary>The aggregate it is about.</summary>
    public required string? Key { get; init; }

    /// <summary>The business key of its flow.</summary>
    public required string? CorrelationId { get; init; }

    /// <summary><c>handler-failed</c>, <c>unknown-type</c>, <c>bad-body</c>, <c>bad-envelope</c>, or what the broker says, as <c>delivery_limit</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The full name of the exception's type.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The exception's message.</summary>
    public string? ExceptionMessage { get; init; }

    /// <summary>The exception with its stack, cut at 8 KB.</summary>
    public string? ExceptionStack { get; init; }

    /// <summary>How often it was attempted.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was written to the outbox of its sender.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its first attempt failed.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>When its last attempt failed.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>The exchange it was published to.</summary>
    public string? OriginExchange { get; init; }

    /// <summary>The routing key it was published with.</summary>
    public string? OriginRoutingKey { get; init; }

    /// <summary>The application that published it.</summary>
    public string? OriginApp { get; init; }

    /// <summary>The body as text.</summary>
    public required string Body { get; init; }
}
