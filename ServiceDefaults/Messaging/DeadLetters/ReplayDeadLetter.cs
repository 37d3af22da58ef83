using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class ReplayDeadLetter
{
    public static async Task<Results<Ok<DeadLetterReport>, ProblemHttpResult>> HandleAsync(
        string id, ServiceDeadLetters letters, DeadLetterAudit audit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await letters.ReplayAsync(
            letter => letter.Id == id, ReplayDeadLetterGroup.DefaultRate, dryRun: false, cancellationToken);
        var report = outcome.ToReport();
        audit.Replayed(user.GetUserId(), report);
        return report.Messages.Count > 0 ? TypedResults.Ok(report) : DeadLetterProblems.NotFound(id);
    }
}
