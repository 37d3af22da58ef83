using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using ServiceDefaults.Migrations;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace WebApp.Identity.OAuth;

/// <summary>Writes the programs of the settings to the database at each start, and deletes those that are no longer there.</summary>
public sealed class OAuthClients(IOpenIddictApplicationManager clients, IOptions<OAuthOptions> options) : ISeed
{
    /// <summary>The client of the APIs' documentation pages.</summary>
    public const string Documentation = "scalar";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var wanted = options.Value.Clients.Select(Describe).Concat(DescribeDocumentation()).ToDictionary(client => client.ClientId!);

        await foreach (var client in clients.ListAsync(count: null, offset: null, cancellationToken))
        {
            if (await clients.GetClientIdAsync(client, cancellationToken) is { } id && !wanted.ContainsKey(id))
            {
                await clients.DeleteAsync(client, cancellationToken);
            }
        }

        foreach (var (id, client) in wanted)
        {
            if (await clients.FindByClientIdAsync(id, cancellationToken) is { } known)
            {
                await clients.UpdateAsync(known, client, cancellationToken);
            }
            else
            {
                await clients.CreateAsync(client, cancellationToken);
            }
        }
    }

    private IEnumerable<OpenIddictApplicationDescriptor> DescribeDocumentation() => options.Value.DocumentationPages is { Count: > 0 } pages
        ? [Describe(new OAuthClient { Id = Documentation, Name = "API documentation", RedirectUris = pages, IsOwn = true })]
        : [];

    private static OpenIddictApplicationDescriptor Describe(OAuthClient client)
    {
        var described = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id,
            ClientSecret = client.Secret,
            ClientType = client.Secret is null ? ClientTypes.Public : ClientTypes.Confidential,
            ConsentType = client.IsOwn ? ConsentTypes.Implicit : ConsentTypes.Explicit,
            DisplayName = client.Name ?? client.Id,
            Permissions =
            {
                Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.Scopes.Email, Permissions.Scopes.Profile,
                Permissions.Prefixes.Scope + OAuthSetup.Scope,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        described.RedirectUris.UnionWith(client.RedirectUris);
        described.Permissions.UnionWith(client.RedirectUris.Count > 0
            ?
            [
                Permissions.Endpoints.Authorization, Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
            ]
            : [Permissions.GrantTypes.ClientCredentials]);
        return described;
    }
}
