using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WebApp.Identity.Tokens;

namespace WebApp.Identity;

/// <summary>
/// Signs in without a cookie. With a guest's token in <c>Authorization</c>, the guest's basket and orders move to the account.
/// </summary>
public static class IssueToken
{
    public static async Task<Results<Ok<AccessToken>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Credentials request, [FromHeader] string? authorization, Accounts accounts, TokenIssuer tokens, SecurityAudit audit,
        HttpResponse response, CancellationToken cancellationToken)
    {
        var outcome = await accounts.CheckAsync(request, cancellationToken);

        if (outcome.User is not { } user)
        {
            return outcome.Wait is { } wait ? IdentityProblems.Throttled(wait, response) : IdentityProblems.WrongPassword();
        }

        if (await tokens.ReadGuestAsync(authorization) is { } guest)
        {
            await accounts.AdoptAsync(user, guest, cancellationToken);
        }

        audit.TokenIssued(user.Id);
        return TypedResults.Ok(tokens.Issue(await accounts.DescribeAsync(user)));
    }
}
