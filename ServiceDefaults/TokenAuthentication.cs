using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults;

namespace Microsoft.Extensions.Hosting;

/// <summary>APIs accept tokens that WebApp signed, and check them with nothing but its public key: no call, no shared secret.</summary>
public static class TokenAuthentication
{
    /// <summary>
    /// Every endpoint needs a valid token unless it says <c>AllowAnonymous</c>. <see cref="Policies.Admin"/> asks for more. A missing
    /// <c>Tokens:PublicKey</c> ends the start.
    /// </summary>
    public static TBuilder AddTokenAuthentication<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<TokenOptions>().BindConfiguration(TokenOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TokenOptions>, TokenOptions.Validator>();

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<TokenOptions>>((bearer, tokens) => Configure(bearer, tokens.Value));

        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, UnknownPathsAreNotFound>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Admin, policy => policy.RequireRole("admin"))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        return builder;
    }

    private static void Configure(JwtBearerOptions bearer, TokenOptions tokens)
    {
        // Not disposed: it lives as long as the process.
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(tokens.PublicKey), out _);

        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = TokenOptions.Issuer,
            ValidAudience = TokenOptions.Audience,
            IssuerSigningKey = new ECDsaSecurityKey(key),
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
                context.HttpContext.Items[Problems.TokenFailure] = context.AuthenticateFailure;
                return Task.CompletedTask;
            },
        };
    }
}
