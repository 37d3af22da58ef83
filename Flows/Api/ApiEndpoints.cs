using Flows.Expectations;
using Flows.Stitching;
using Flows.Traces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

/// <summary>The content of the pages as JSON, for scripts and tests.</summary>
public static class ApiEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 10_000;

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api");
        api.MapGet("/flows", GetFlows);
        api.MapGet("/flows/{id}", GetFlow);
        api.MapGet("/messages/{id}", GetMessage);
        api.MapGet("/{**path}", () => TypedResults.Problem("There is no such address in this API.", statusCode: 404));
    }

    private static Results<Ok<ListView<FlowSummaryView>>, ProblemHttpResult> GetFlows(
        FlowCatalog flows, TraceStore traces, string? q, string? state, int? limit)
    {
        var only = default(FlowState);
        if (NotEmpty(state) is not null && !Enum.TryParse(state, ignoreCase: true, out only))
        {
            return TypedResults.Problem(
                $"state is '{state}'; expected one of {string.Join(", ", Enum.GetNames<FlowState>())}.", statusCode: 400);
        }

        var found = flows.List(new FlowFilter(NotEmpty(q)?.Trim(), NotEmpty(state) is null ? null : only), int.MaxValue);
        return TypedResults.Ok(new ListView<FlowSummaryView>(
            found.Count, traces.Tally.Dropped, [.. found.Take(Limit(limit)).Select(ViewsOf.Summary)]));
    }

    private static Results<Ok<FlowDetailView>, ProblemHttpResult> GetFlow(FlowCatalog flows, ProcessCatalog processes, string id) =>
        flows.Find(id) is { } flow
            ? TypedResults.Ok(ViewsOf.Of(flow, processes.Compare(flow)))
            : TypedResults.Problem(
                $"No flow '{id}' is known: nothing of it has come yet, or it was dropped for newer ones.", statusCode: 404);

    private static Results<Ok<MessageView>, ProblemHttpResult> GetMessage(MessageCatalog messages, string id) =>
        messages.Find(id) is { } sent
            ? TypedResults.Ok(ViewsOf.Of(sent.Message))
            : TypedResults.Problem(
                $"No message '{id}' is known: nothing of it has come yet, or it was dropped for newer ones.", statusCode: 404);

    private static int Limit(int? limit) => Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
