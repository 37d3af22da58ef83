using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Api;

internal static class OpenApiDocumentation
{
    private const string Scheme = "Bearer";

    /// <summary>Signs in at WebApp; only where its address is known.</summary>
    public const string OAuth = "OAuth";

    /// <summary>The scope of a token for the APIs.</summary>
    public const string Scope = "shop";

    public static void AddOpenApiDocument(this IHostApplicationBuilder builder)
    {
        var title = builder.Environment.ApplicationName;
        var issuer = builder.Configuration.GetSection(TokenOptions.SectionName).GetValue<Uri?>(nameof(TokenOptions.Issuer));

        builder.Services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = title;

                // Not the address of the request, which is from the header Host: the client chose it.
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "A token from WebApp: POST /api/identity/guest, or OAuth.",
                };
                if (issuer is not null)
                {
                    document.Components.SecuritySchemes[OAuth] = AuthorizationCode(issuer);
                }

                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
                {
                    operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
                    if (issuer is not null)
                    {
                        operation.Security.Add(new() { [new OpenApiSecuritySchemeReference(OAuth, context.Document)] = [Scope] });
                    }

                    operation.Responses ??= [];
                    operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No valid access token." });
                }

                return Task.CompletedTask;
            });
        });
    }

    private static OpenApiSecurityScheme AuthorizationCode(Uri issuer) => new()
    {
        Type = SecuritySchemeType.OAuth2,
        Description = "Sign in at the shop.",
        Flows = new OpenApiOAuthFlows
        {
            AuthorizationCode = new OpenApiOAuthFlow
            {
                AuthorizationUrl = new Uri(issuer, "/connect/authorize"),
                TokenUrl = new Uri(issuer, "/connect/token"),
                Scopes = new Dictionary<string, string> { [Scope] = "Baskets and orders of the account" },
            },
        },
    };
}
