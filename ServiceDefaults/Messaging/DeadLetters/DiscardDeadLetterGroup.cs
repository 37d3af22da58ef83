using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class DiscardDeadLetterGroup
{
    public static async Task<Ok<DeadLetterReport>> HandleAsync(
        string group, ServiceDeadLetters letters, DeadLetterAudit audit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await letters.DiscardAsync(
            letter => letter.Group == group, letter => audit.Discarded(user.GetUserId(), letter.Id), cancellationToken);
        return TypedResults.Ok(outcome.ToReport());
    }
}
