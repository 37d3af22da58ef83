using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class DiscardDeadLetter
{
    public static async Task<Results<Ok<DeadLetterReport>, ProblemHttpResult>> HandleAsync(
        string id, ServiceDeadLetters letters, DeadLetterAudit audit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await letters.DiscardAsync(
            letter => letter.Id == id, letter => audit.Discarded(user.GetUserId(), letter.Id), cancellationToken);
        var report = outcome.ToReport();
        return report.Messages.Count > 0 ? TypedResults.Ok(report) : DeadLetterProblems.NotFound(id);
    }
}
