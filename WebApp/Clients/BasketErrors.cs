using Grpc.Core;

namespace WebApp.Clients;

/// <summary>Basket.Api names the fields it refuses in trailers <c>error-&lt;field&gt;</c>, one for each reason.</summary>
internal static class BasketErrors
{
    private const string Prefix = "error-";

    public static Dictionary<string, string[]> Read(RpcException fault) => fault.Trailers
        .Where(trailer => !trailer.IsBinary && trailer.Key.StartsWith(Prefix, StringComparison.Ordinal))
        .GroupBy(trailer => trailer.Key[Prefix.Length..], trailer => trailer.Value)
        .ToDictionary(field => field.Key, field => field.ToArray(), StringComparer.OrdinalIgnoreCase);
}
