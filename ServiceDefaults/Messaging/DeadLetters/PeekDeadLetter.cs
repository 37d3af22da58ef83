using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class PeekDeadLetter
{
    public static async Task<Results<Ok<DeadLetterContentView>, ProblemHttpResult>> HandleAsync(
        string id, ServiceDeadLetters letters, CancellationToken cancellationToken) =>
        await letters.FindAsync(id, cancellationToken) is { } letter
            ? TypedResults.Ok(DeadLetterContentView.Of(letter))
            : DeadLetterProblems.NotFound(id);
}
