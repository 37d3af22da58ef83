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

    private const string Introduction =
        """
        Bodies are JSON with camelCase names. Lists are paged by `pageIndex` (from 0) and `pageSize`, and answer `pageIndex`, `pageSize`,
        `count` (on all pages) and `data`. Every error is `application/problem+json` (RFC 9457); a 400 lists each faulty field in `errors`.
        A 429 or 503 has `Retry-After`.

        Operations with a lock need an access token in the header `Authorization: Bearer <token>`. A guest gets one by
        `POST /api/identity/guest` at the shop; an account by OAuth 2.0, authorization code with PKCE ("Authorize" on this page); an
        integration by client credentials.
        """;

    public static void AddOpenApiDocument(this IHostApplicationBuilder builder)
    {
        var title = builder.Environment.ApplicationName;
        var issuer = builder.Configuration.GetSection(TokenOptions.SectionName).GetValue<Uri?>(nameof(TokenOptions.Issuer));

        builder.Services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = title;
                document.Info.Description = Introduction;

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
                }

                return Task.CompletedTask;
            });
            options.AddOperationTransformer(OpenApiNames.WriteInCamelCaseAsync);
            options.AddOperationTransformer(OpenApiAnswers.DescribeAsync);
            options.AddSchemaTransformer(OpenApiNames.RequireOnlyWhatMustBeSentAsync);
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
