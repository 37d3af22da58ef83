using EventBus.Transport;

namespace EventBus.DeadLetters;

/// <summary>A message that could not be handled.</summary>
public sealed record DeadLetter
{
    /// <summary>The queue in which it failed.</summary>
    public required string Queue { get; init; }

    /// <summary>Null when the message has no id that is a UUID; replayed, it fails again.</summary>
    public required Guid? MessageId { get; init; }

    /// <summary>The wire name; null when the message has none.</summary>
    public required string? Type { get; init; }

    /// <summary>The aggregate it is about; null when the message has none.</summary>
    public required string? Key { get; init; }

    /// <summary>The business key of its flow; null when the message has none.</summary>
    public required string? CorrelationId { get; init; }

    /// <summary>One of <see cref="DeadLetterReasons"/>, or what the broker says, as RabbitMQ's <c>delivery_limit</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Full name of the exception's type; null when there was none.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The exception's message, cut at 8 KB.</summary>
    public string? ExceptionMessage { get; init; }

    /// <summary>The exception with its stack, cut at 8 KB.</summary>
    public string? ExceptionStack { get; init; }

    /// <summary>How many attempts failed.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was written to the outbox of its sender.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its first attempt failed.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>When its last attempt failed.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>The application that published it.</summary>
    public string? OriginApp { get; init; }

    /// <summary>The body as text.</summary>
    public required string Body { get; init; }
}
