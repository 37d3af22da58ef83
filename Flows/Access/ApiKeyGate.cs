namespace Flows.Access;

/// <summary>On an endpoint: the header that must carry the key.</summary>
public sealed record RequiresApiKey(string Header, string Key);

/// <summary>Refuses senders of telemetry without the key.</summary>
public static class ApiKeyGate
{
    public const string OtlpHeader = "x-otlp-api-key";

    /// <summary>Requires the API key if one is configured.</summary>
    public static T RequireApiKey<T>(this T endpoints, string header, string? key) where T : IEndpointConventionBuilder =>
        key is null ? endpoints : endpoints.WithMetadata(new RequiresApiKey(header, key));

    public static void UseApiKeys(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiresApiKey>() is not { } required
            || Secret.Matches(required.Key, context.Request.Headers[required.Header]))
        {
            return next(context);
        }

        return RefuseAsync(context, required.Header);
    });

    private static Task RefuseAsync(HttpContext context, string header)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is true)
        {
            // gRPC sends its status in trailers. In an answer without a body, they are sent as headers with HTTP status 200.
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "16";
            context.Response.Headers["grpc-message"] = $"The header {header} is missing or wrong.";
            return Task.CompletedTask;
        }

        return TypedResults.Problem($"The header {header} is missing or wrong.", statusCode: 401).ExecuteAsync(context);
    }
}
