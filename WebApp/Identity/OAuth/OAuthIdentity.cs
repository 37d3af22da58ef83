using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using ServiceDefaults.Tokens;
using WebApp.Identity.SecondFactor;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace WebApp.Identity.OAuth;

/// <summary>Says in a token who its bearer is, with the same claims as in the tokens of pages.</summary>
public sealed class OAuthIdentity(Accounts accounts, IOptions<SecondFactorOptions> rules)
{
    /// <summary>The account's security stamp, which stays in codes and refresh tokens: another one voids them.</summary>
    private const string Stamp = "shop_stamp";

    public async Task<ClaimsPrincipal> OfAsync(ShopUser user, IEnumerable<string> scopes)
    {
        var identity = Create(scopes);
        identity.SetClaim(Claims.Subject, $"{user.Id}").SetClaim(Claims.Name, user.Name).SetClaim(Claims.Email, user.Email)
            .SetClaim(Stamp, user.SecurityStamp);

        if (await accounts.IsAdministratorAsync(user) && (user.TwoFactorEnabled || !rules.Value.RequireSecondFactor))
        {
            identity.SetClaim(Claims.Role, Roles.Admin);
        }

        return Complete(identity);
    }

    /// <summary>For a program that acts for itself.</summary>
    /// <param name="id">Of the program, in the place of a user's.</param>
    public static ClaimsPrincipal OfProgram(Guid id, string? role, IEnumerable<string> scopes)
    {
        var identity = Create(scopes);
        identity.SetClaim(Claims.Subject, $"{id}").SetClaim(Claims.Role, role);
        return Complete(identity);
    }

    /// <summary>Whether the account is still as it was when the code or refresh token was issued: no new password, not deleted.</summary>
    public static bool IsCurrent(ShopUser user, ClaimsPrincipal issued) => issued.GetClaim(Stamp) == user.SecurityStamp;

    private static ClaimsIdentity Create(IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetScopes(scopes);

        // Without this scope the token has no audience, and the APIs refuse it.
        if (identity.HasScope(OAuthSetup.Scope))
        {
            identity.SetResources(TokenOptions.Audience);
        }

        return identity;
    }

    private static ClaimsPrincipal Complete(ClaimsIdentity identity)
    {
        identity.SetDestinations(claim => claim.Type switch
        {
            Stamp => [],
            Claims.Name when identity.HasScope(Scopes.Profile) => [Destinations.AccessToken, Destinations.IdentityToken],
            Claims.Email when identity.HasScope(Scopes.Email) => [Destinations.AccessToken, Destinations.IdentityToken],
            _ => [Destinations.AccessToken],
        });
        return new ClaimsPrincipal(identity);
    }
}
