using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Flows.Expectations;
using Flows.Stitching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

public static class GetFlow
{
    private const int DefaultTimeout = 30;

    public static async Task<Results<Ok<FlowDetailView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        FlowWait wait,
        ProcessCatalog processes,
        [Description("The id of the flow, a trace id, or a business key such as an order id. The newest flow with the key is taken.")]
        string id,
        [Description("Milestones to wait for: a message type (its required queues have handled it), or type@queue (the queue has).")]
        Milestone[]? until,
        [Range(1, 300), DefaultValue(DefaultTimeout), Description("Seconds to wait at most.")] int? timeout,
        CancellationToken cancellationToken)
    {
        var key = PathId.Of(id);
        if (until is null or [])
        {
            return AnswerFor(id, wait.Find(key), isReached: null, processes);
        }

        var (flow, isReached) = await wait.ForAsync(key, until, TimeSpan.FromSeconds(timeout ?? DefaultTimeout), cancellationToken);
        return AnswerFor(id, flow, isReached, processes);
    }

    internal static ProblemHttpResult Unknown(string id) => TypedResults.Problem(
        $"No flow '{id}' is known: none of its spans has arrived, or it was dropped for newer ones.",
        statusCode: StatusCodes.Status404NotFound);

    private static Results<Ok<FlowDetailView>, ValidationProblem, ProblemHttpResult> AnswerFor(
        string id, FlowView? flow, bool? isReached, ProcessCatalog processes) =>
        flow is null ? Unknown(id) : TypedResults.Ok(ViewsOf.Of(flow, processes.Compare(flow), isReached));
}
