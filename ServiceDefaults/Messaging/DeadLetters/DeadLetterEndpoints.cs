using EventBus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Api;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Messaging.DeadLetters;

public static class DeadLetterEndpoints
{
    /// <summary>
    /// The messages that this service could not handle, under <c>/api/dead-letters/{queue name of the service}</c>: the gateway can forward
    /// each service's without changing the path. Needs <c>AddEventBusDefaults</c> and the policy <see cref="Policies.DeadLetters"/>.
    /// </summary>
    public static void MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        var service = routes.ServiceProvider.GetRequiredService<EventBusOptions>().QueueName;
        var letters = routes.MapGroup($"/api/dead-letters/{service}")
            .WithTags("Dead letters")
            .RequireAuthorization(Policies.DeadLetters)
            .AddEndpointFilter<BrokerFilter>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        letters.MapGet("/", CountDeadLetters.HandleAsync)
            .WithName("CountDeadLetters")
            .WithSummary("How many dead letters each queue has (admin)")
            .WithDescription("Does not touch them, so it may be asked often.")
            .WithResponseExample(StatusCodes.Status200OK, DeadLetterExamples.Counts);
        MapMessages(letters.MapGroup("/messages"));
        MapGroups(letters.MapGroup("/groups"));
    }

    private static void MapMessages(RouteGroupBuilder messages)
    {
        messages.MapGet("/", ListDeadLetters.HandleAsync)
            .WithName("ListDeadLetters")
            .WithSummary("The dead letters, the oldest of each queue first, without bodies (admin)")
            .WithDescription(
                "Reading takes them out of their queue for a moment and puts them back. Ask for the counts first, and for the list when "
                + "they changed. 'id' identifies one failure: the same message that fails again has another id, and 'replayOf' names the "
                + "first.")
            .WithResponseExample(StatusCodes.Status200OK, DeadLetterExamples.Page);
        messages.MapGet("/{id}", PeekDeadLetter.HandleAsync)
            .WithName("PeekDeadLetter")
            .WithSummary("One dead letter with headers, stack and body (admin)")
            .WithDescription("The body may hold personal data.")
            .WithResponseExample(StatusCodes.Status200OK, DeadLetterExamples.Content);
        messages.MapPost("/{id}/replay", ReplayDeadLetter.HandleAsync)
            .WithName("ReplayDeadLetter")
            .WithSummary("Deliver a dead letter again to the queue in which it failed (admin)")
            .WithDescription(
                "It keeps its message id: if it had been handled before, it has no second effect. With a body in the request, the message "
                + "is delivered with that body, and the header 'x-edited' says so. A body that its handler cannot read is refused.")
            .ProducesValidationProblem()
            .WithResponseExample(StatusCodes.Status200OK, DeadLetterExamples.Report);
        messages.MapDelete("/{id}", DiscardDeadLetter.HandleAsync)
            .WithName("DiscardDeadLetter")
            .WithSummary("Delete a dead letter for good (admin)")
            .WithResponseExample(StatusCodes.Status200OK, DeadLetterExamples.Report);
    }

    private static void MapGroups(RouteGroupBuilder groups)
    {
        groups.MapPost("/{group}/replay", ReplayDeadLetterGroup.HandleAsync)
            .WithName("ReplayDeadLetterGroup")
            .WithSummary("Deliver all dead letters of a group again (admin)")
            .WithDescription(
                "A group has one message type, reason, exception type and frame. With dryRun=true, the answer only lists what would be "
                + "replayed. A request takes at most 20 s; 'remaining' counts those that are left. Repeat it for them. Two admins may "
                + "replay at the same time: each message is delivered once.")
            .WithResponseExample(StatusCodes.Status200OK, DeadLetterExamples.Report);
        groups.MapDelete("/{group}", DiscardDeadLetterGroup.HandleAsync)
            .WithName("DiscardDeadLetterGroup")
            .WithSummary("Delete all dead letters of a group for good (admin)")
            .WithResponseExample(StatusCodes.Status200OK, DeadLetterExamples.Report);
    }
}
