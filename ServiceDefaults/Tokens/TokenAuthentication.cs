using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults.Security;

namespace ServiceDefaults.Tokens;

/// <summary>
/// APIs accept the tokens that WebApp signs, and check them with its public key alone: no call to WebApp, no shared secret.
/// </summary>
public static class TokenAuthentication
{
    /// <summary>The key in <c>HttpContext.Items</c> of the exception that refused a token.</summary>
    internal static readonly object Failure = new();

    /// <summary>
    /// Requires a valid token of a person for every endpoint without <c>AllowAnonymous</c>, and the roles that <see cref="Policies"/> say.
    /// Without <c>Tokens:PublicKey</c> the process does not start.
    /// </summary>
    public static TBuilder AddTokenAuthentication<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<TokenOptions>().BindConfiguration(TokenOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TokenOptions>, TokenOptionsValidator>();

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<TokenOptions>>((bearer, tokens) => Configure(bearer, tokens.Value));

        builder.Services.AddAuthorizationAnswers();
        var people = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser().RequireAssertion(context => !context.User.IsInRole(Roles.DeadLetters)).Build();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Roles.Admin))
            .AddDeadLetterPolicy()
            .SetDefaultPolicy(people)
            .SetFallbackPolicy(people);

        return builder;
    }

    /// <summary>
    /// Adds <see cref="Policies.DeadLetters"/>, which only looks at bearer tokens: no page can act with a visitor's cookie.
    /// </summary>
    public static AuthorizationBuilder AddDeadLetterPolicy(this AuthorizationBuilder authorization) =>
        authorization.AddPolicy(Policies.DeadLetters, policy => policy
            .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme)
            .RequireRole(Roles.Admin, Roles.DeadLetters));

    private static void Configure(JwtBearerOptions bearer, TokenOptions tokens) =>
        bearer.AcceptTokensOf(TokenKeys.ReadPublic(tokens.PublicKey), tokens.Issuer);

    /// <summary>Accepts the shop's tokens that were signed with one of these keys.</summary>
    /// <param name="bearer">Checks the tokens.</param>
    /// <param name="keys">All keys that may have signed a token that is still valid.</param>
    /// <param name="issuer">The public address of the shop, which issues tokens by OAuth; null: only the shop's own tokens.</param>
    public static void AcceptTokensOf(this JwtBearerOptions bearer, IEnumerable<SecurityKey> keys, Uri? issuer)
    {
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuers = issuer is null ? [TokenOptions.OwnIssuer] : [TokenOptions.OwnIssuer, issuer.AbsoluteUri],
            ValidAudience = TokenOptions.Audience,
            IssuerSigningKeys = keys,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ClockSkew = TokenOptions.ClockSkew,
            NameClaimType = "name",
            RoleClaimType = "role",
        };
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                if (!Guid.TryParse(context.Principal?.FindFirst("sub")?.Value, out _))
                {
                    context.Fail("The token's sub is not the id of a user.");
                }

                return Task.CompletedTask;
            },
            OnChallenge = context =>
            {
                context.HttpContext.Items[Failure] = context.AuthenticateFailure;
                if (context.AuthenticateFailure is { } fault)
                {
                    context.HttpContext.LogRefusedToken(fault);
                }

                return Task.CompletedTask;
            },
        };
    }
}
