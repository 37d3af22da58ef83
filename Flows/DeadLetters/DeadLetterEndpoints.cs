using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Flows.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.DeadLetters;

/// <summary>
/// What the page of dead letters shows and does, for scripts. <see cref="Access.BrowserGuards"/> refuses requests from other pages in a
/// browser that is logged in.
/// </summary>
public static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this IEndpointRouteBuilder endpoints)
    {
        var letters = endpoints.MapGroup("/api/dead-letters").RefuseUnreadableParameters().WithTags("Dead letters");
        letters.MapGet("/", List).WithSummary("The dead letters of all services, in groups, newest failure first");
        letters.MapGet("/{id}", PeekAsync).WithSummary("One dead letter with headers, stack and body");
        letters.MapPost("/{id}/replay", ReplayAsync)
            .WithSummary("Deliver a dead letter again")
            .WithDescription("With a JSON body, as in {\"body\": …}, the message is delivered with that body instead of its own.");
        letters.MapDelete("/{id}", DiscardAsync).WithSummary("Delete a dead letter for good");
        letters.MapPost("/groups/{group}/replay", ReplayGroupAsync)
            .WithSummary("Deliver all dead letters of a group again, or with dryRun=true count them")
            .WithDescription("A request takes at most 20 s for each service; 'remaining' counts those that are left. Repeat it for them.");
        letters.MapDelete("/groups/{group}", DiscardGroupAsync).WithSummary("Delete all dead letters of a group for good");
    }

    private static Ok<DeadLetterListView> List(DeadLetterStore store) => TypedResults.Ok(DeadLetterListView.Of(store.Summary));

    private static Task<Results<Ok<DeadLetterContent>, ProblemHttpResult>> PeekAsync(
        string id, DeadLetterActions actions, CancellationToken cancellationToken) =>
        AnswerAsync<Ok<DeadLetterContent>>(async () =>
            await actions.PeekAsync(id, cancellationToken) is { } content ? TypedResults.Ok(content) : NotFound(id));

    private static Task<Results<NoContent, ProblemHttpResult>> ReplayAsync(
        string id, Edit? edit, DeadLetterActions actions, CancellationToken cancellationToken) =>
        AnswerAsync<NoContent>(async () =>
        {
            // Without a body, the service delivers the old one.
            if (edit is { Body: null })
            {
                return WithoutBody();
            }

            return await actions.ReplayAsync(id, edit?.Body, cancellationToken) ? TypedResults.NoContent() : NotFound(id);
        });

    private static Task<Results<NoContent, ProblemHttpResult>> DiscardAsync(
        string id, DeadLetterActions actions, CancellationToken cancellationToken) =>
        AnswerAsync<NoContent>(async () =>
            await actions.DiscardAsync(id, cancellationToken) ? TypedResults.NoContent() : NotFound(id));

    private static async Task<Ok<ActionOutcome>> ReplayGroupAsync(
        string group,
        DeadLetterActions actions,
        CancellationToken cancellationToken,
        [Description("Only count what would be replayed.")] bool dryRun = false,
        [Description("Messages per second."), Range(DeadLetterClient.SlowestRate, DeadLetterClient.FastestRate)]
        double rate = DeadLetterClient.DefaultRate) => TypedResults.Ok(
        dryRun
            ? await actions.CountGroupAsync(group, cancellationToken)
            : await actions.ReplayGroupAsync(group, rate, cancellationToken));

    private static async Task<Ok<ActionOutcome>> DiscardGroupAsync(
        string group, DeadLetterActions actions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await actions.DiscardGroupAsync(group, cancellationToken));

    private static async Task<Results<T, ProblemHttpResult>> AnswerAsync<T>(Func<Task<Results<T, ProblemHttpResult>>> answerAsync)
        where T : IResult
    {
        try
        {
            return await answerAsync();
        }
        catch (SourceFaultException fault)
        {
            return TypedResults.Problem(
                fault.Message, statusCode: fault.IsBadInput ? StatusCodes.Status400BadRequest : StatusCodes.Status502BadGateway);
        }
    }

    private static ProblemHttpResult NotFound(string id) => TypedResults.Problem(
        $"No dead letter '{id}' is in its queue: it was replayed or discarded.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult WithoutBody() => TypedResults.Problem(new HttpValidationProblemDetails(
        new Dictionary<string, string[]>
        {
            ["body"] = ["It is missing or null. Send {\"body\": …}, or nothing to deliver the message as it is."],
        })
    {
        Status = StatusCodes.Status400BadRequest,
    });

    private sealed record Edit([property: Description("Replaces the body of the message.")] JsonNode? Body);
}
