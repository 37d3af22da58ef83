using Dashboard.Flows;
using Dashboard.Resources;
using Dashboard.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using LogLevel = Dashboard.Telemetry.LogLevel;

namespace Dashboard.Api;

/// <summary>What the pages show, for scripts and tests.</summary>
public static class ApiEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 10_000;

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api");
        api.MapGet("/resources", GetResources);
        api.MapGet("/resources/{name}/console", GetConsole);
        api.MapGet("/traces", GetTraces);
        api.MapGet("/traces/{id}", GetTrace);
        api.MapGet("/logs", GetLogs);
        api.MapGet("/flows", GetFlows);
        api.MapGet("/flows/{id}", GetFlow);
        api.MapGet("/{**path}", () => TypedResults.Problem("There is no such address in the dashboard's API.", statusCode: 404));
    }

    private static Ok<ListView<ResourceView>> GetResources(ResourceStore resources)
    {
        var all = resources.Snapshot();
        return TypedResults.Ok(new ListView<ResourceView>(all.Count, 0, [.. all.Select(ViewsOf.Of)]));
    }

    private static Results<ContentHttpResult, ProblemHttpResult> GetConsole(ResourceStore resources, string name) =>
        resources.ConsoleOf(name) is { } console
            ? TypedResults.Text(AnsiText.Strip(string.Join('\n', console.Snapshot().Select(line => line.Text)) + "\n"))
            : TypedResults.Problem($"Nothing is known of a resource named '{name}'.", statusCode: 404);

    private static Ok<ListView<TraceView>> GetTraces(
        TraceStore traces, string? resource, string? q, bool? errors, double? minMs, bool? spans, int? limit)
    {
        var longer = minMs is { } ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null;
        var filter = new TraceFilter(NotEmpty(resource), NotEmpty(q), errors ?? false, longer);
        var found = traces.Snapshot().Where(filter.Matches).Reverse().ToList();
        return TypedResults.Ok(new ListView<TraceView>(
            found.Count, traces.Tally.Dropped, [.. found.Take(Limit(limit)).Select(trace => ViewsOf.Of(trace, spans ?? false))]));
    }

    private static Results<Ok<TraceView>, ProblemHttpResult> GetTrace(TraceStore traces, string id) =>
        TraceId.TryParse(id, out var traceId) && traces.Find(traceId) is { Spans.Count: > 0 } trace
            ? TypedResults.Ok(ViewsOf.Of(trace, withSpans: true))
            : TypedResults.Problem($"No trace '{id}' is known: it has not come yet, or it was dropped for newer ones.", statusCode: 404);

    private static Results<Ok<ListView<LogView>>, ProblemHttpResult> GetLogs(
        LogStore logs, string? level, string? resource, string? q, string? traceId, int? limit)
    {
        var minLevel = default(LogLevel);
        if (NotEmpty(level) is not null && !Enum.TryParse(level, ignoreCase: true, out minLevel))
        {
            return TypedResults.Problem($"level is '{level}'; expected one of {string.Join(", ", Enum.GetNames<LogLevel>())}.", statusCode: 400);
        }

        TraceId? trace = null;
        if (NotEmpty(traceId) is not null)
        {
            if (!TraceId.TryParse(traceId, out var parsed))
            {
                return TypedResults.Problem($"traceId is '{traceId}'; expected 32 hexadecimal digits.", statusCode: 400);
            }

            trace = parsed;
        }

        var filter = new LogFilter(minLevel, NotEmpty(resource), NotEmpty(q), trace);
        var found = logs.Snapshot().Where(filter.Matches).Reverse().ToList();
        return TypedResults.Ok(new ListView<LogView>(found.Count, logs.Tally.Dropped, [.. found.Take(Limit(limit)).Select(ViewsOf.Of)]));
    }

    private static Results<Ok<ListView<FlowSummaryView>>, ProblemHttpResult> GetFlows(
        FlowCatalog flows, TraceStore traces, string? q, string? state, int? limit)
    {
        var only = default(FlowState);
        if (NotEmpty(state) is not null && !Enum.TryParse(state, ignoreCase: true, out only))
        {
            return TypedResults.Problem($"state is '{state}'; expected one of {string.Join(", ", Enum.GetNames<FlowState>())}.", statusCode: 400);
        }

        var found = flows.List(new FlowFilter(NotEmpty(q)?.Trim(), NotEmpty(state) is null ? null : only), int.MaxValue);
        return TypedResults.Ok(new ListView<FlowSummaryView>(
            found.Count, traces.Tally.Dropped, [.. found.Take(Limit(limit)).Select(ViewsOf.Summary)]));
    }

    private static Results<Ok<FlowDetailView>, ProblemHttpResult> GetFlow(FlowCatalog flows, string id) =>
        flows.Find(id) is { } flow
            ? TypedResults.Ok(ViewsOf.Of(flow))
            : TypedResults.Problem($"No flow '{id}' is known: nothing of it has come yet, or it was dropped for newer ones.", statusCode: 404);

    private static int Limit(int? limit) => Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
