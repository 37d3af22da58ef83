using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class DiscardDeadLetter
{
    public static async Task<Results<Ok<DeadLetterReport>, ProblemHttpResult>> HandleAsync(
        string id, ServiceDeadLetters letters, CancellationToken cancellationToken)
    {
        var outcome = await letters.DiscardAsync(letter => letter.Id == id, cancellationToken);
        return outcome.Letters.Count > 0
            ? TypedResults.Ok(outcome.ToReport())
            : DeadLetterProblems.NotFound(id);
    }
}
