using System.Text.Json;

namespace Basket.Api.Products;

/// <summary>Reads Catalog's change feed: every product once, in the order of their last changes.</summary>
public sealed class CatalogFeed(HttpClient http)
{
    private const int PageSize = 500;

    /// <param name="after">The <see cref="FeedPage.Next"/> of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<FeedPage> ReadAsync(string? after, CancellationToken cancellationToken)
    {
        var position = after is null ? "" : $"&after={Uri.EscapeDataString(after)}";
        return await http.GetFromJsonAsync<FeedPage>($"api/catalog/changes?limit={PageSize}{position}", cancellationToken)
            ?? throw new JsonException("The change feed of Catalog answered null.");
    }
}
