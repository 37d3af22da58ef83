using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace WebApp.Identity.OAuth;

/// <summary>Issues tokens for a code, a refresh token or a program's own secret, which OpenIddict has checked.</summary>
public static class IssueOAuthToken
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static async Task<IResult> HandleAsync(
        HttpContext context, Accounts accounts, OAuthIdentity identities, IOpenIddictApplicationManager clients,
        IOptions<OAuthOptions> options, SecurityAudit audit, CancellationToken cancellationToken)
    {
        var request = context.GetOpenIddictServerRequest()!;

        if (request.IsClientCredentialsGrantType())
        {
            var client = (await clients.FindByClientIdAsync(request.ClientId!, cancellationToken))!;
            var id = Guid.Parse((await clients.GetIdAsync(client, cancellationToken))!);
            var role = options.Value.Clients.Single(known => known.Id == request.ClientId).Role;
            audit.TokenIssued(id);
            return TypedResults.SignIn(OAuthIdentity.OfProgram(id, role, request.GetScopes()), properties: null, Scheme);
        }

        var issued = (await context.AuthenticateAsync(Scheme)).Principal!;

        if (!Guid.TryParse(issued.GetClaim(Claims.Subject), out var userId)
            || await accounts.FindAsync(userId) is not { } user || !OAuthIdentity.IsCurrent(user, issued))
        {
            return TypedResults.Forbid(
                new AuthenticationProperties(new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The account has changed. Sign in again.",
                }),
                [Scheme]);
        }

        var principal = await identities.OfAsync(user, issued.GetScopes());
        principal.SetAuthorizationId(issued.GetAuthorizationId());
        audit.TokenIssued(user.Id);
        return TypedResults.SignIn(principal, properties: null, Scheme);
    }
}
