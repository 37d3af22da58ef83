using System.Globalization;
using Grpc.Core;

namespace WebApp.Clients;

/// <summary>
/// Basket.Api sends the reasons of a refusal in trailers: <c>error-&lt;field&gt;</c> for each reason of a field, and
/// <c>unavailable-&lt;product id&gt;</c> for each product that cannot be bought.
/// </summary>
internal static class BasketErrors
{
    private const string FieldPrefix = "error-";
    private const string ProductPrefix = "unavailable-";

    public static Dictionary<string, string[]> Read(RpcException fault) => Trailers(fault, FieldPrefix)
        .GroupBy(trailer => trailer.Name, trailer => trailer.Value)
        .ToDictionary(field => field.Key, field => field.ToArray(), StringComparer.OrdinalIgnoreCase);

    public static Dictionary<int, string> ReadProducts(RpcException fault) => Trailers(fault, ProductPrefix)
        .ToDictionary(trailer => int.Parse(trailer.Name, CultureInfo.InvariantCulture), trailer => trailer.Value);

    private static IEnumerable<(string Name, string Value)> Trailers(RpcException fault, string prefix) => fault.Trailers
        .Where(trailer => !trailer.IsBinary && trailer.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(trailer => (trailer.Key[prefix.Length..], trailer.Value));
}
