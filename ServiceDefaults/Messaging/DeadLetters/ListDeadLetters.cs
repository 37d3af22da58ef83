using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class ListDeadLetters
{
    private const int MostAtOnce = 10_000;

    public sealed record Page(int Count, IReadOnlyList<DeadLetterView> Data);

    public static async Task<Results<Ok<Page>, ProblemHttpResult>> HandleAsync(
        ServiceDeadLetters letters,
        DeadLetterAudit audit,
        ClaimsPrincipal user,
        [Description("Only this queue of the service. Default: all.")] string? queue,
        [Description("The most to read from each queue.")][Range(1, MostAtOnce)] int limit = 100,
        CancellationToken cancellationToken = default)
    {
        if (queue is not null && !letters.Queues.Contains(queue))
        {
            return DeadLetterProblems.UnknownQueue(queue, letters.Queues);
        }

        var found = await letters.ListAsync(queue, limit, cancellationToken);
        audit.Listed(user.GetUserId(), found.Count);
        return TypedResults.Ok(new Page(found.Count, [.. found.Select(DeadLetterView.Of)]));
    }
}
