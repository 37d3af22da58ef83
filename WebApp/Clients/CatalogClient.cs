using WebApp.Identity;

namespace WebApp.Clients;

/// <summary>Reads products from Catalog.Api, and changes them for administrators.</summary>
public sealed class CatalogClient(HttpClient http, HttpReply replies, TimeProvider clock)
{
    // A page is shown without this answer rather than late.
    private static readonly TimeSpan RetiredWithin = TimeSpan.FromSeconds(2);

    public Task<Reply<CatalogItems>> ListAsync(CatalogQuery query, CancellationToken cancellationToken) =>
        replies.SendAsync<CatalogItems>(
            http, HttpMethod.Get, $"api/catalog/items?{query.ToApiQuery()}", visitor: null, body: null, cancellationToken);

    public Task<Reply<CatalogFacets>> CountAsync(CatalogQuery query, CancellationToken cancellationToken) =>
        replies.SendAsync<CatalogFacets>(
            http, HttpMethod.Get, $"api/catalog/facets?{query.ToApiQuery()}", visitor: null, body: null, cancellationToken);

    /// <summary>What the front page shows above the list.</summary>
    public Task<Reply<CatalogHighlights>> HighlightsAsync(CancellationToken cancellationToken) =>
        replies.SendAsync<CatalogHighlights>(
            http, HttpMethod.Get, "api/catalog/highlights", visitor: null, body: null, cancellationToken);

    public Task<Reply<CatalogItem>> FindAsync(int id, CancellationToken cancellationToken) =>
        replies.SendAsync<CatalogItem>(http, HttpMethod.Get, $"api/catalog/items/{id}", visitor: null, body: null, cancellationToken);

    /// <param name="ids">At most 100.</param>
    /// <returns>Those of these items that are no longer sold, so they have no page; none if Catalog does not respond soon.</returns>
    public async Task<IReadOnlySet<int>> FindRetiredAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return new HashSet<int>();
        }

        var query = string.Join('&', ids.Select(id => $"ids={id}"));
        using var late = new CancellationTokenSource(RetiredWithin, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var sold = await replies.SendAsync<List<CatalogItem>>(
                http, HttpMethod.Get, $"api/catalog/items/by?{query}", visitor: null, body: null, stop.Token);
            return sold.Value is { } items ? ids.Except(items.Select(item => item.Id)).ToHashSet() : new HashSet<int>();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HashSet<int>();
        }
    }

    public Task<Reply<List<CatalogName>>> ListTypesAsync(CancellationToken cancellationToken) =>
        replies.SendAsync<List<CatalogName>>(
            http, HttpMethod.Get, "api/catalog/catalogtypes", visitor: null, body: null, cancellationToken);

    public Task<Reply<List<CatalogName>>> ListBrandsAsync(CancellationToken cancellationToken) =>
        replies.SendAsync<List<CatalogName>>(
            http, HttpMethod.Get, "api/catalog/catalogbrands", visitor: null, body: null, cancellationToken);

    /// <summary>Items that fit to one, in stock.</summary>
    public Task<Reply<List<CatalogItem>>> ListRelatedAsync(int id, int count, CancellationToken cancellationToken) =>
        replies.SendAsync<List<CatalogItem>>(
            http, HttpMethod.Get, $"api/catalog/items/{id}/related?count={count}", visitor: null, body: null, cancellationToken);

    public Task<Reply<CreatedAt>> CreateAsync(Visitor admin, ItemChange item, CancellationToken cancellationToken) =>
        replies.SendAsync<CreatedAt>(http, HttpMethod.Post, "api/catalog/items", admin, item, cancellationToken);

    /// <summary>Replaces the description, price and stock of an item.</summary>
    /// <param name="version">The version that the change is based on. If the item has another one, the reply is a conflict.</param>
    public Task<Reply<Done>> ReviseAsync(Visitor admin, ItemChange item, long version, CancellationToken cancellationToken) =>
        replies.SendAsync<Done>(http, HttpMethod.Put, $"api/catalog/items/{item.Id}", admin, item, cancellationToken, version);

    /// <param name="picture">A JPEG, PNG or WebP file; in memory, because the request may be repeated.</param>
    public async Task<Reply<Done>> ShowPictureAsync(Visitor admin, int id, byte[] picture, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(picture);
        return await replies.SendAsync<Done>(http, HttpMethod.Put, $"api/catalog/items/{id}/pic", admin, content, cancellationToken);
    }

    /// <summary>Stops selling an item.</summary>
    public Task<Reply<Done>> RetireAsync(Visitor admin, int id, CancellationToken cancellationToken) =>
        replies.SendAsync<Done>(http, HttpMethod.Delete, $"api/catalog/items/{id}", admin, body: null, cancellationToken);
}
