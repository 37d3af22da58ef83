using Flows.Otlp;
using Google.Rpc;

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

        return new OtlpRefusal(
            StatusCodes.Status401Unauthorized, Code.Unauthenticated, $"The header {required.Header} is missing or wrong.")
            .ExecuteAsync(context);
    });
}
