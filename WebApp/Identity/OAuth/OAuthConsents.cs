using System.Security.Claims;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace WebApp.Identity.OAuth;

/// <summary>Remembers which person agreed to which program. The shop's own programs need no consent.</summary>
public sealed class OAuthConsents(IOpenIddictApplicationManager clients, IOpenIddictAuthorizationManager authorizations)
{
    /// <param name="IsGiven">Whether the program may go on.</param>
    /// <param name="AuthorizationId">What the tokens belong to; null for the shop's own programs.</param>
    public sealed record Consent(bool IsGiven, string? AuthorizationId = null);

    /// <summary>What people read when they are asked.</summary>
    public async Task<string?> NameOfAsync(string? clientId, CancellationToken cancellationToken) =>
        clientId is not null && await clients.FindByClientIdAsync(clientId, cancellationToken) is { } client
            ? await clients.GetDisplayNameAsync(client, cancellationToken)
            : null;

    public async Task<Consent> FindAsync(ShopUser user, OpenIddictRequest request, CancellationToken cancellationToken)
    {
        var client = (await clients.FindByClientIdAsync(request.ClientId!, cancellationToken))!;

        if (await clients.HasConsentTypeAsync(client, ConsentTypes.Implicit, cancellationToken))
        {
            return new Consent(IsGiven: true);
        }

        var found = authorizations.FindAsync(
            $"{user.Id}", await clients.GetIdAsync(client, cancellationToken), Statuses.Valid, AuthorizationTypes.Permanent,
            request.GetScopes(), cancellationToken);

        await foreach (var authorization in found)
        {
            return new Consent(IsGiven: true, await authorizations.GetIdAsync(authorization, cancellationToken));
        }

        return new Consent(IsGiven: false);
    }

    /// <returns>The id of the authorization.</returns>
    public async Task<string?> GiveAsync(ShopUser user, OpenIddictRequest request, CancellationToken cancellationToken)
    {
        var client = (await clients.FindByClientIdAsync(request.ClientId!, cancellationToken))!;
        var authorization = await authorizations.CreateAsync(
            new ClaimsIdentity(), $"{user.Id}", (await clients.GetIdAsync(client, cancellationToken))!, AuthorizationTypes.Permanent,
            request.GetScopes(), cancellationToken);
        return await authorizations.GetIdAsync(authorization, cancellationToken);
    }
}
