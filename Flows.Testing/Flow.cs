using System.Text.Json.Serialization;

namespace Flows.Testing;

/// <summary>
/// One business action at the moment it was read: all its messages, over all services, queues and traces. The assertions throw
/// <see cref="FlowAssertionException"/> and return the flow, so that they can be chained.
/// </summary>
public sealed class Flow : IJsonOnDeserialized
{
    /// <summary>The id of the flow.</summary>
    [JsonRequired]
    public string Id { get; init; } = "";

    /// <summary><c>Done</c>, <c>Scheduled</c>, <c>InFlight</c>, <c>Retrying</c>, <c>Failed</c> or <c>DeadLettered</c>.</summary>
    [JsonRequired]
    public string State { get; init; } = "";

    /// <summary>The start of the first span.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>The time from the start of the first span to the end of the last one.</summary>
    [JsonPropertyName("durationMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan Duration { get; init; }

    /// <summary>The services that take part.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>All messages in the order in which they were created.</summary>
    public IReadOnlyList<FlowMessage> Messages { get; init; } = [];

    /// <summary>The HTTP and gRPC calls that the services made, in the order of their start.</summary>
    public IReadOnlyList<FlowCall> Calls { get; init; } = [];

    /// <summary>The comparison with the declared process, or null if Flows has no process for this flow.</summary>
    public FlowComparison? Expected { get; init; }

    [JsonInclude, JsonPropertyName("reached")]
    internal bool? IsReached { get; init; }

    /// <summary>The edges <c>from → type → queue</c> of all deliveries and of all waits for a delivery.</summary>
    [JsonIgnore]
    public IEnumerable<FlowEdge> Edges =>
        from message in Messages
        from queue in message.Deliveries.Select(delivery => delivery.Queue).Concat(message.WaitsIn).Distinct()
        select new FlowEdge(message.From, message.Type, queue);

    /// <summary>The messages of a type.</summary>
    /// <param name="type">For example <c>ordering.order-paid</c>.</param>
    public IEnumerable<FlowMessage> MessagesOf(string type) => Messages.Where(message => message.Type == type);

    /// <summary>The single message of a type.</summary>
    /// <param name="type">For example <c>ordering.order-paid</c>.</param>
    /// <exception cref="FlowAssertionException">The flow has no message of the type, or several.</exception>
    public FlowMessage Message(string type) => MessagesOf(type).ToArray() switch
    {
        [var only] => only,
        var found => throw new FlowAssertionException($"Expected one message {type}, found {found.Length}.", this),
    };

    /// <summary>Asserts that a service sent a message that went to a queue.</summary>
    /// <param name="from">The service.</param>
    /// <param name="type">The type of the message.</param>
    /// <param name="queue">The queue.</param>
    /// <exception cref="FlowAssertionException">The flow has no such edge.</exception>
    public Flow HasEdge(string from, string type, string queue) =>
        Edges.Contains(new FlowEdge(from, type, queue))
            ? this
            : throw new FlowAssertionException($"Expected the edge {new FlowEdge(from, type, queue)}. It is not in the flow.", this);

    /// <summary>
    /// Asserts that a queue handled at least one message of the flow, and each of its messages once. Failed attempts and redeliveries that
    /// the receiver recognised as duplicates are allowed.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <exception cref="FlowAssertionException">A message was not handled, or more than once.</exception>
    public Flow WasHandledOnceBy(string queue)
    {
        var messages = Messages.Where(message => message.HasReached(queue)).ToArray();
        if (messages.Length == 0)
        {
            throw new FlowAssertionException($"Expected messages in the queue {queue}. There is none in the flow.", this);
        }

        foreach (var message in messages)
        {
            message.WasHandledOnceBy(queue);
        }

        return this;
    }

    /// <summary>Asserts that the flow has no message of other types.</summary>
    /// <param name="types">The expected types. Not all of them have to come.</param>
    /// <exception cref="FlowAssertionException">The flow has a message of another type.</exception>
    public Flow HasNoUnexpectedMessage(params string[] types)
    {
        if (types.Length == 0)
        {
            return Expected is null
                ? throw new FlowAssertionException("Flows has no process for this flow, so the expected types must be given.", this)
                : HasNo(step => step.State is "Extra" or "Duplicate");
        }

        return Messages.Select(message => message.Type).Except(types).ToArray() is { Length: > 0 } others
            ? throw new FlowAssertionException($"Unexpected messages: {string.Join(", ", others)}.", this)
            : this;
    }

    /// <summary>
    /// Asserts that the flow does what its process declares: no step is missing, late, extra or duplicate. Steps that are still in time may
    /// be open.
    /// </summary>
    /// <exception cref="FlowAssertionException">A step has a fault, or Flows has no process for this flow.</exception>
    public Flow FollowsItsProcess() =>
        Expected is null
            ? throw new FlowAssertionException("Flows has no process for this flow. Set Flows:Processes.", this)
            : HasNo(step => step.IsFault);

    /// <summary>The flow as text: one line per attempt, with a bar for its waits and the handler.</summary>
    public override string ToString() => FlowText.Of(this);

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var message in Messages)
        {
            message.Flow = this;
        }
    }

    private Flow HasNo(Func<FlowStep, bool> isFault) =>
        Expected!.Steps.Where(isFault).ToArray() is { Length: > 0 } faults
            ? throw new FlowAssertionException(
                $"The flow differs from the process {Expected.Process}: {string.Join(", ", faults.Select(Describe))}.", this)
            : this;

    private static string Describe(FlowStep step) => $"{step.Message} is {step.State}";
}

/// <summary>An HTTP or gRPC call.</summary>
/// <param name="From">The service that made the call.</param>
/// <param name="Target">The URL, or the method of a gRPC service.</param>
/// <param name="Start">When the call began.</param>
public sealed record FlowCall(string From, string Target, DateTimeOffset Start);

/// <summary>A service sent messages of a type to a queue.</summary>
/// <param name="From">The service, or null if the sender reports no spans.</param>
/// <param name="Type">The type of the message.</param>
/// <param name="Queue">The queue.</param>
public sealed record FlowEdge(string? From, string Type, string Queue)
{
    /// <inheritdoc/>
    public override string ToString() => $"{From ?? "?"} -> {Type} -> {Queue}";
}
