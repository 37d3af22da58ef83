using Flows.Access;
using Microsoft.OpenApi;

namespace Flows.Api;

/// <summary>The OpenAPI document of the API, at <c>/openapi/v1.json</c>. It needs the same sign-in as the API.</summary>
public static class OpenApiSetup
{
    private const string Scheme = "Token";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        // The intake of telemetry has its own standard, and pages are for people.
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Flows";
            document.Info.Description = "How business actions travel through services and queues. All times of a wait are milliseconds.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = BrowserSession.ApiKeyHeader,
                Description = "The browser token of Flows, from its login link /login?t=… A logged-in browser needs none.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // A milestone is read from one value of the query.
            if (context.JsonTypeInfo.Type == typeof(Milestone))
            {
                (schema.Type, schema.Properties, schema.Required) = (JsonSchemaType.String, null, null);
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
            operation.Responses ??= [];
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "The token is missing or wrong." });
            return Task.CompletedTask;
        });
    });
}
