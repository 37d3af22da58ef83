using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using ServiceDefaults.Migrations;
using ServiceDefaults.Tokens;
using WebApp.Identity.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace WebApp.Identity.OAuth;

/// <summary>OAuth 2.0 and OpenID Connect, by OpenIddict: programs get tokens that the services check with the public key alone.</summary>
public static class OAuthSetup
{
    /// <summary>The scope that a token for the APIs needs.</summary>
    public const string Scope = "shop";

    internal const string Authorize = "/connect/authorize";
    internal const string Token = "/connect/token";
    private const string Revoke = "/connect/revoke";
    private const string Keys = "/.well-known/jwks";

    internal static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(14);
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(2);

    // A client whose connection broke may send its refresh token again.
    private static readonly TimeSpan RefreshTokenLeeway = TimeSpan.FromSeconds(10);

    /// <summary>Whether a program of others follows a page of this shop: a form that a script sends cannot leave the shop.</summary>
    public static bool LeadsToProgram(string? returnUrl) => returnUrl?.StartsWith(Authorize, StringComparison.Ordinal) is true;

    public static void AddOAuth(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OAuthOptions>().BindConfiguration(OAuthOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<ISeed, OAuthClients>();
        builder.Services.AddScoped<OAuthIdentity>();
        builder.Services.AddScoped<OAuthConsents>();
        builder.Services.AddScoped<OAuthGrants>();
        builder.Services.AddOAuthCors();
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityContext>().ReplaceDefaultEntities<Guid>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris(Authorize).SetTokenEndpointUris(Token).SetRevocationEndpointUris(Revoke)
                    .SetJsonWebKeySetEndpointUris(Keys);
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow().AllowClientCredentialsFlow();
                server.RegisterScopes(Scopes.Email, Scopes.Profile, Scopes.OfflineAccess, Scope);
                server.SetRefreshTokenLifetime(RefreshTokenLifetime).SetRefreshTokenReuseLeeway(RefreshTokenLeeway)
                    .SetAuthorizationCodeLifetime(CodeLifetime);
                server.DisableAccessTokenEncryption();
                server.AddEventHandler<HandleConfigurationRequestContext>(handler =>
                    handler.UseSingletonHandler<PublicAddresses>().SetOrder(int.MaxValue - 1));
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough();
            });
        builder.Services.AddOptions<OpenIddictServerOptions>()
            .Configure<IOptions<TokenSigningOptions>, IOptions<ShopOptions>>(Configure);
        builder.Services.AddOptions<OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreOptions>()
            .Configure<IOptions<ShopOptions>>((server, shop) =>
                server.DisableTransportSecurityRequirement = shop.Value.Address.Scheme == Uri.UriSchemeHttp);
    }

    public static void MapOAuth(this IEndpointRouteBuilder app)
    {
        app.MapGet(Authorize, AuthorizeProgram.HandleAsync).ExcludeFromDescription();
        app.MapPost(Authorize, AuthorizeProgram.HandleConsentAsync).ExcludeFromDescription();
        app.MapPost(Token, IssueOAuthToken.HandleAsync).DisableAntiforgery().RequireRateLimiting(IdentityRateLimit.Policy)
            .ExcludeFromDescription();
    }

    private static void Configure(OpenIddictServerOptions server, IOptions<TokenSigningOptions> tokens, IOptions<ShopOptions> shop)
    {
        server.Issuer = shop.Value.Address;
        server.AccessTokenLifetime = tokens.Value.Lifetime;
        foreach (var key in TokenKeys.ReadPrivate(tokens.Value.SigningKey))
        {
            server.SigningCredentials.Add(new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256));
            server.EncryptionCredentials.Add(new EncryptingCredentials(
                EncryptionKeyOf(key), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
        }
    }

    // Codes and refresh tokens are encrypted, with a key that each replica derives from the signing key.
    private static SymmetricSecurityKey EncryptionKeyOf(ECDsaSecurityKey key) => new(HKDF.DeriveKey(
        HashAlgorithmName.SHA256, key.ECDsa.ExportPkcs8PrivateKey(), outputLength: 32,
        info: "shop oauth codes and refresh tokens"u8.ToArray()));
}
