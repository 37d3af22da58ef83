using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

/// <summary>
/// Fails each request of a test whose answer has a status that the OpenAPI document does not have for this operation. So all tests of a
/// service together check that its document is complete.
/// </summary>
internal sealed class DocumentedAnswers : IStartupFilter
{
    // The same for all instances of a service; building it takes long.
    private static readonly ConcurrentDictionary<string, Lazy<Task<OpenApiDocument>>> Documents = new(StringComparer.Ordinal);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            {
                context.Response.OnStarting(() => CheckAsync(context));
            }

            return following(context);
        });
        next(app);
    };

    private static async Task CheckAsync(HttpContext context)
    {
        // The exception handler takes the endpoint away.
        var found = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        // 499: the client has cancelled its request, so it gets no answer.
        if (found is not RouteEndpoint endpoint || context.Response.StatusCode == StatusCodes.Status499ClientClosedRequest)
        {
            return;
        }

        var document = await DocumentOf(context.RequestServices);
        var path = PathOf(endpoint.RoutePattern);
        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethod.Get : new HttpMethod(context.Request.Method);
        if (document.Paths.TryGetValue(path, out var item) && item.Operations?.TryGetValue(method, out var operation) is true
            && operation.Responses?.ContainsKey(context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)) is not true)
        {
            throw new InvalidOperationException(
                $"{method} {path} answers {context.Response.StatusCode}, which its OpenAPI document lacks.");
        }
    }

    private static Task<OpenApiDocument> DocumentOf(IServiceProvider services) => Documents.GetOrAdd(
        services.GetRequiredService<IWebHostEnvironment>().ApplicationName,
        _ => new Lazy<Task<OpenApiDocument>>(
            () => services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync())).Value;

    /// <summary>Without constraints, as in the document: <c>/api/orders/{id}</c>.</summary>
    private static string PathOf(RoutePattern pattern)
    {
        var segments = pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        })));
        return $"/{string.Join('/', segments)}";
    }
}

internal static class DocumentedAnswersSetup
{
    public static IServiceCollection AddDocumentedAnswers(this IServiceCollection services) =>
        services.AddSingleton<IStartupFilter, DocumentedAnswers>();
}
