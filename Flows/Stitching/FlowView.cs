using Flows.Traces;

namespace Flows.Stitching;

public enum FlowState
{
    /// <summary>Every message was handled by all that are known to await it.</summary>
    Done,

    /// <summary>A message is to be delivered later, and that time has not come. A flow that waits for nothing else is done.</summary>
    Scheduled,

    /// <summary>A message was published, and a receiver that awaits it, or all of them, has not said anything yet.</summary>
    InFlight,

    /// <summary>A message waits for its next attempt.</summary>
    Retrying,

    /// <summary>A receiver failed, and its library does not report whether it tries again.</summary>
    Failed,

    /// <summary>A message was given up.</summary>
    DeadLettered,
}

/// <summary>One business action from its first request to its last effect, put together from every trace it ran through.</summary>
/// <param name="Keys">Values of the identifying attributes in its traces (order id, product id …), for search.</param>
public sealed record FlowView(
    string Key,
    FlowState State,
    Span? Root,
    DateTimeOffset Start,
    DateTimeOffset End,
    IReadOnlyList<FlowMessage> Messages,
    IReadOnlyList<Span> Requests,
    IReadOnlyList<Span> Spans,
    IReadOnlyList<string> Services,
    IReadOnlyList<TraceId> Traces,
    IReadOnlyList<string> Keys)
{
    public TimeSpan Duration => End - Start;

    /// <summary>When the first of the scheduled messages is due, and the view out of date without a new span; null without one.</summary>
    public DateTimeOffset? NextDueAt { get; } =
        Messages.Where(message => message.State is FlowState.Scheduled).Min(message => message.DueAt);

    public int Errors => Spans.Count(span => span.IsError);

    /// <summary>The message that the flow waits for, or its last message.</summary>
    public FlowMessage? Current =>
        Messages.LastOrDefault(message => message.State is not (FlowState.Done or FlowState.Scheduled))
        ?? Messages.LastOrDefault(message => message.State is FlowState.Done)
        ?? (Messages is [.., var last] ? last : null);
}

/// <summary>An event or command, with all its deliveries.</summary>
/// <param name="WaitsIn">The queues that must receive the message and whose receiver has not reported it yet.</param>
public sealed record FlowMessage(
    string Id,
    string Type,
    string Kind,
    string? Key,
    string? Version,
    string? From,
    Span? CreateSpan,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? DueAt,
    string? CausedBy,
    FlowState State,
    IReadOnlyList<FlowDelivery> Deliveries,
    IReadOnlyList<string> WaitsIn)
{
    /// <summary>Since when it can be published: its creation or, if it is scheduled, the time that it is due.</summary>
    public DateTimeOffset? ReadyAt => DueAt > CreatedAt ? DueAt : CreatedAt;

    /// <summary>The state in one queue, which may be better than that of the message; null if the message is not for that queue.</summary>
    public FlowState? StateIn(string queue) => WaitsIn.Contains(queue)
        ? FlowState.InFlight
        : Deliveries.Where(delivery => delivery.Queue == queue).Select(delivery => (FlowState?)delivery.State).Max();
}

/// <summary>The delivery of a message through one queue to one service, with all attempts.</summary>
public sealed record FlowDelivery(string Queue, string Service, string? Handler, IReadOnlyList<FlowAttempt> Attempts)
{
    public FlowAttempt Last => Attempts[^1];

    public FlowState State => Last.Outcome switch
    {
        "dead-lettered" => FlowState.DeadLettered,
        "failed" => FlowState.Failed,
        "retried" => FlowState.Retrying,
        _ => FlowState.Done,
    };

    /// <summary>The sum of the waits of all attempts.</summary>
    public TimeSpan Took => Attempts.Aggregate(TimeSpan.Zero, (sum, attempt) => sum + attempt.Wait.Total);
}

public sealed record FlowAttempt(int Number, string Outcome, Span Span, Wait Wait, string? Error)
{
    public bool IsFailure => Outcome is "retried" or "dead-lettered" or "failed";
}

/// <summary>
/// The parts of the time that one attempt took, since the message was created (or due, if it is scheduled), the attempt before it ended,
/// or the message was replayed. A part is null if it was not measured, or belongs to an earlier attempt. If the clocks of two machines
/// differ, a part can be negative; it is then shown as zero, and <see cref="Skew"/> has the difference.
/// </summary>
public sealed record Wait(
    TimeSpan? Outbox, TimeSpan? Broker, TimeSpan? Prefetch, TimeSpan? RetryDelay, TimeSpan Handler, TimeSpan Skew,
    DateTimeOffset? ReceivedAt, DateTimeOffset HandlingAt, DateTimeOffset EndedAt)
{
    /// <summary>When the message was replayed from the dead letters; null if this is not the first attempt after a replay.</summary>
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>
    /// The time in the dead letters before this attempt, which is no part of <see cref="Total"/>: it ends when somebody decides so. Null
    /// without a replay, and if the attempt before it is unknown.
    /// </summary>
    public TimeSpan? DeadLetters { get; init; }

    public TimeSpan Total => (Outbox ?? default) + (Broker ?? default) + (Prefetch ?? default) + (RetryDelay ?? default) + Handler;
}
