using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using WebApp.Identity.SecondFactor;
using WebApp.Identity.Tokens;

namespace WebApp.Identity;

/// <summary>
/// Signs in without a cookie. With a guest's token in <c>Authorization</c>, the guest's basket and orders move to the account.
/// </summary>
public static class IssueToken
{
    public static async Task<Results<Ok<AccessToken>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        TokenRequest request, [FromHeader] string? authorization, Accounts accounts, SecondFactorCodes codes,
        IOptions<SecondFactorOptions> rules, TokenIssuer tokens, SecurityAudit audit, HttpResponse response,
        CancellationToken cancellationToken)
    {
        var outcome = await accounts.CheckAsync(request, cancellationToken);

        if (outcome.User is not { } user)
        {
            return outcome.Wait is { } wait ? IdentityProblems.Throttled(wait, response) : IdentityProblems.WrongPassword();
        }

        if (user.TwoFactorEnabled)
        {
            if (request.Code is not { Length: > 0 } code)
            {
                return IdentityProblems.CodeMissing();
            }

            var checkedCode = await codes.CheckAsync(user, code, cancellationToken);

            if (!checkedCode.IsDone)
            {
                return checkedCode.Wait is { } pause ? IdentityProblems.Throttled(pause, response) : IdentityProblems.WrongCode();
            }
        }
        else if (rules.Value.RequireSecondFactor && await accounts.IsAdministratorAsync(user))
        {
            return IdentityProblems.SecondFactorMissing();
        }

        if (await tokens.ReadGuestAsync(authorization) is { } guest)
        {
            await accounts.AdoptAsync(user, guest, cancellationToken);
        }

        audit.TokenIssued(user.Id);
        return TypedResults.Ok(tokens.Issue(await accounts.DescribeAsync(user)));
    }
}
