using Dashboard.Flows;
using Dashboard.Telemetry;
using LogLevel = Dashboard.Telemetry.LogLevel;

namespace Dashboard.Api;

/// <summary>One answer with a list: what matched, newest first, and how many older items are no longer kept.</summary>
public sealed record ListView<T>(int Count, long Dropped, IReadOnlyList<T> Data);

public sealed record TraceView(
    string TraceId, string Name, string Service, DateTimeOffset Start, double DurationMs, int SpanCount, int ErrorCount,
    IReadOnlyList<string> Services, string? FlowId, IReadOnlyList<SpanView>? Spans, IReadOnlyList<SpanRefView>? LinkedFrom);

public sealed record SpanView(
    string SpanId, string? ParentSpanId, string Name, SpanKind Kind, string Service, string Instance, string Scope, DateTimeOffset Start,
    double DurationMs, SpanStatus Status, string StatusMessage, IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<EventView> Events, IReadOnlyList<SpanRefView> Links);

public sealed record EventView(string Name, DateTimeOffset Time, IReadOnlyDictionary<string, string> Attributes);

public sealed record SpanRefView(string TraceId, string SpanId);

public sealed record LogView(
    long Number, DateTimeOffset Time, LogLevel Level, string Service, string Category, string Message, string? TraceId, string? SpanId,
    IReadOnlyDictionary<string, string> Attributes);

public sealed record FlowSummaryView(
    string Id, FlowState State, string? Root, string? Service, string? Current, DateTimeOffset Start, double DurationMs, int MessageCount,
    int ErrorCount, IReadOnlyList<string> Services);

public sealed record FlowDetailView(
    string Id, FlowState State, string? Root, DateTimeOffset Start, double DurationMs, int ErrorCount, IReadOnlyList<string> Services,
    IReadOnlyList<string> TraceIds, IReadOnlyList<MessageView> Messages);

public sealed record MessageView(
    string Id, string Type, string Kind, string? Key, string? Version, string? From, string? CausedBy, FlowState State,
    DateTimeOffset? CreatedAt, DateTimeOffset? PublishedAt, IReadOnlyList<DeliveryView> Deliveries,
    IReadOnlyList<string> WaitsIn);

public sealed record DeliveryView(string Queue, string Service, string? Handler, string Outcome, IReadOnlyList<AttemptView> Attempts);

public sealed record AttemptView(
    int Number, string Outcome, string? Error, string TraceId, string SpanId, DateTimeOffset HandledAt, WaitView Wait);

/// <summary>Milliseconds; null where nobody measured the part.</summary>
public sealed record WaitView(
    double? OutboxMs, double? BrokerMs, double? PrefetchMs, double? RetryDelayMs, double HandlerMs, double TotalMs, double ClockSkewMs);

public sealed record ResourceView(
    string Name, string DisplayName, string Type, string State, string Health, string? HealthReason, string? Parent, int? ExitCode,
    DateTimeOffset? StartedAt, DateTimeOffset? StoppedAt, IReadOnlyList<string> Urls, IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Commands);
