using System.Text.Json.Serialization;

namespace Flows.Testing;

/// <summary>An event or command of a flow.</summary>
public sealed class FlowMessage
{
    /// <summary>The id of the message.</summary>
    [JsonRequired]
    public string Id { get; init; } = "";

    /// <summary>The type, for example <c>ordering.order-paid</c>.</summary>
    [JsonRequired]
    public string Type { get; init; } = "";

    /// <summary><c>event</c>, <c>command</c> or, if the library does not report it, <c>message</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The ordering key, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The service that sent the message, or null if the sender reports no spans.</summary>
    public string? From { get; init; }

    /// <summary>The id of the message whose handler sent this one, or null.</summary>
    public string? CausedBy { get; init; }

    /// <summary>The state, as <see cref="Flow.State"/>.</summary>
    public string State { get; init; } = "";

    /// <summary>When the message was added to the outbox, or null if unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the message was handed to the broker, or null if unknown.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>One delivery for each queue that has handled the message or tried to.</summary>
    public IReadOnlyList<FlowDelivery> Deliveries { get; init; } = [];

    /// <summary>The required queues that have not received the message.</summary>
    public IReadOnlyList<string> WaitsIn { get; init; } = [];

    internal Flow Flow { get; set; } = null!;

    internal bool HasReached(string queue) => WaitsIn.Contains(queue) || Deliveries.Any(delivery => delivery.Queue == queue);

    /// <summary>The delivery through a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <exception cref="FlowAssertionException">The queue has not received the message.</exception>
    public FlowDelivery DeliveryTo(string queue) => Deliveries.FirstOrDefault(delivery => delivery.Queue == queue)
        ?? throw new FlowAssertionException($"Expected that {queue} receives {Type}.", Flow);

    /// <summary>Asserts that a queue handled the message once. Failed attempts and recognised duplicates are allowed.</summary>
    /// <param name="queue">The queue.</param>
    /// <exception cref="FlowAssertionException">The queue did not handle the message, or more than once.</exception>
    public FlowMessage WasHandledOnceBy(string queue) => DeliveryTo(queue).HandledCount is var count && count == 1
        ? this
        : throw new FlowAssertionException($"Expected that {queue} handled {Type} once. It did {count} times.", Flow);
}

/// <summary>The delivery of a message through one queue.</summary>
public sealed class FlowDelivery
{
    /// <summary>The queue.</summary>
    [JsonRequired]
    public string Queue { get; init; } = "";

    /// <summary>The service that receives from the queue.</summary>
    public string Service { get; init; } = "";

    /// <summary>The handler, or null if unknown.</summary>
    public string? Handler { get; init; }

    /// <summary>The outcome of the last attempt, for example <c>handled</c>, <c>retried</c> or <c>dead-lettered</c>.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>All attempts, in order.</summary>
    public IReadOnlyList<FlowAttempt> Attempts { get; init; } = [];

    /// <summary>The times of the last attempt.</summary>
    [JsonIgnore]
    public Wait Wait => Attempts[^1].Wait;

    /// <summary>How often the handler succeeded: more than once only if a redelivery was not recognised as a duplicate.</summary>
    [JsonIgnore]
    public int HandledCount => Attempts.Count(attempt => attempt.Outcome == "handled");
}

/// <summary>One attempt to handle a message.</summary>
public sealed class FlowAttempt
{
    /// <summary>1 for the first attempt.</summary>
    public int Number { get; init; }

    /// <summary>For example <c>handled</c>, <c>duplicate</c>, <c>retried</c>, <c>failed</c> or <c>dead-lettered</c>.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Type and message of the exception, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The trace of the attempt.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>The span of the attempt.</summary>
    public string SpanId { get; init; } = "";

    /// <summary>When the attempt ended.</summary>
    public DateTimeOffset HandledAt { get; init; }

    /// <summary>The parts of the time to the end of the attempt, from that of the attempt before or the creation of the message.</summary>
    [JsonRequired]
    public Wait Wait { get; init; } = null!;
}
