using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WebApp.Identity.Tokens;

namespace WebApp.Identity;

/// <summary>Opens an account. With a guest's token in <c>Authorization</c>, the guest's basket and orders move to it.</summary>
public static class Register
{
    public static async Task<Results<Created<Account>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Registration request, [FromHeader] string? authorization, Accounts accounts, TokenIssuer tokens, HttpResponse response,
        CancellationToken cancellationToken)
    {
        var guest = await tokens.ReadGuestAsync(authorization);
        var outcome = await accounts.RegisterAsync(request, guest, cancellationToken);

        return outcome switch
        {
            { User: { } user } => TypedResults.Created((string?)null, new Account(user.Id, user.Email!, user.Name)),
            { Wait: { } wait } => IdentityProblems.Throttled(wait, response),
            _ => TypedResults.ValidationProblem(outcome.Errors),
        };
    }

    public sealed record Account(Guid Id, string Email, string Name);
}
