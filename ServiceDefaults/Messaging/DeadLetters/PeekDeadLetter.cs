using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class PeekDeadLetter
{
    public static async Task<Results<Ok<DeadLetterContentView>, ProblemHttpResult>> HandleAsync(
        string id, ServiceDeadLetters letters, DeadLetterAudit audit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(id, cancellationToken) is not { } letter)
        {
            return DeadLetterProblems.NotFound(id);
        }

        audit.Peeked(user.GetUserId(), letter.Id);
        return TypedResults.Ok(DeadLetterContentView.Of(letter));
    }
}
