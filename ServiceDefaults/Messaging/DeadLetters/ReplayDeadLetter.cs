using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class ReplayDeadLetter
{
    public static async Task<Results<Ok<DeadLetterReport>, ProblemHttpResult>> HandleAsync(
        string id, ServiceDeadLetters letters, CancellationToken cancellationToken)
    {
        var outcome = await letters.ReplayAsync(
            letter => letter.Id == id, ReplayDeadLetterGroup.DefaultRate, dryRun: false, cancellationToken);
        return outcome.Letters.Count > 0
            ? TypedResults.Ok(outcome.ToReport())
            : DeadLetterProblems.NotFound(id);
    }
}
