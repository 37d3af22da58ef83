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
        var report = (await letters.DiscardAsync(letter => letter.Id == id, cancellationToken)).ToReport();
        audit.Discarded(user.GetUserId(), report);
        return report.Messages.Count > 0 ? TypedResults.Ok(report) : DeadLetterProblems.NotFound(id);
    }
}
