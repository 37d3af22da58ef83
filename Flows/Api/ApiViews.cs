using Flows.Expectations;
using Flows.Stitching;

namespace Flows.Api;

/// <summary>One answer with a list: what matched, newest first, and how many older items are no longer kept.</summary>
public sealed record ListView<T>(int Count, long Dropped, IReadOnlyList<T> Data);

public sealed record FlowSummaryView(
    string Id, FlowState State, string? Root, string? Service, string? Current, DateTimeOffset Start, double DurationMs, int MessageCount,
    int ErrorCount, IReadOnlyList<string> Services);

/// <param name="Calls">The HTTP and gRPC calls that the services made, in the order of their start.</param>
/// <param name="Reached">Whether the flow reached the milestones that the request waited for; null if it waited for none.</param>
/// <param name="Expected">The comparison with the declared process; null if no process is declared for the flow.</param>
public sealed record FlowDetailView(
    string Id, FlowState State, string? Root, DateTimeOffset Start, double DurationMs, int ErrorCount, IReadOnlyList<string> Services,
    IReadOnlyList<string> TraceIds, IReadOnlyList<MessageView> Messages, IReadOnlyList<CallView> Calls, ExpectedFlow? Expected,
    bool? Reached);

/// <param name="Target">The URL, or the method of a gRPC service.</param>
public sealed record CallView(string From, string Target, DateTimeOffset Start, double DurationMs);

public sealed record MessageView(
    string Id, string FlowId, string Type, string Kind, string? Key, string? Version, string? From, string? CausedBy, FlowState State,
    DateTimeOffset? CreatedAt, DateTimeOffset? PublishedAt, IReadOnlyList<DeliveryView> Deliveries,
    IReadOnlyList<string> WaitsIn);

/// <param name="Count">How many messages match, on all pages.</param>
/// <param name="Dropped">How many older spans are no longer kept.</param>
/// <param name="Next">The value of <c>before</c> for the next page; null on the last one.</param>
public sealed record MessagePageView(int Count, long Dropped, string? Next, IReadOnlyList<MessageView> Data);

public sealed record DeliveryView(string Queue, string Service, string? Handler, string Outcome, IReadOnlyList<AttemptView> Attempts);

public sealed record AttemptView(
    int Number, string Outcome, string? Error, string TraceId, string SpanId, DateTimeOffset HandledAt, WaitView Wait);

/// <summary>Milliseconds; null where the part was not measured, or belongs to an earlier attempt.</summary>
/// <param name="DeadLettersMs">The time in the dead letters before a replay; no part of the total.</param>
public sealed record WaitView(
    double? OutboxMs, double? BrokerMs, double? PrefetchMs, double? RetryDelayMs, double HandlerMs, double TotalMs, double ClockSkewMs,
    double? DeadLettersMs);
