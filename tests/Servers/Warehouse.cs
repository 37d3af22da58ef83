using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Servers;

/// <summary>The stock of a running shop.</summary>
public static class Warehouse
{
    private const int Products = 20;
    private const int Stock = 100_000;

    /// <summary>Fills up some products, so that none is sold out, and returns their ids.</summary>
    public static async Task<IReadOnlyList<int>> FillAsync(
        Uri shop, string adminPassword, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = shop };
        using var signedIn = await http.PostAsJsonAsync(
            "api/identity/token", new { email = "admin@shop.localhost", password = adminPassword }, cancellationToken);
        signedIn.EnsureSuccessStatusCode();
        var token = (string)(await signedIn.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["accessToken"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var page = await http.GetFromJsonAsync<JsonNode>($"api/catalog/items?inStock=true&pageSize={Products}", cancellationToken);
        var ids = new List<int>();
        foreach (var product in page!["data"]!.AsArray())
        {
            product!["availableStock"] = Stock;
            using var changed = await http.PutAsJsonAsync($"api/catalog/items/{product["id"]}", product, cancellationToken);
            changed.EnsureSuccessStatusCode();
            ids.Add((int)product["id"]!);
        }

        return ids;
    }
}
