using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WebApp.Identity.Tokens;

namespace WebApp.Identity;

/// <summary>Opens an account. With a guest's token in <c>Authorization</c>, the guest's basket and orders move to it.</summary>
public static class Register
{
    public static async Task<Results<Created<Account>, ValidationProblem>> HandleAsync(
        Registration request, [FromHeader] string? authorization, Accounts accounts, TokenIssuer tokens,
        CancellationToken cancellationToken)
    {
        var guest = await tokens.ReadGuestAsync(authorization);
        var (result, user) = await accounts.OpenAsync(request, guest, cancellationToken);

        return result.Succeeded
            ? TypedResults.Created((string?)null, new Account(user.Id, user.Email!, user.Name))
            : TypedResults.ValidationProblem(AccountErrors.ByField(result));
    }

    public sealed record Account(Guid Id, string Email, string Name);
}
