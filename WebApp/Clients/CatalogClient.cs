using WebApp.Identity;

namespace WebApp.Clients;

/// <summary>Reads products from Catalog.Api, and changes them for administrators.</summary>
public sealed class CatalogClient(HttpClient http, HttpReply replies)
{
    public Task<Reply<CatalogItems>> ListAsync(CatalogQuery query, CancellationToken cancellationToken) =>
        replies.SendAsync<CatalogItems>(
            http, HttpMethod.Get, $"api/catalog/items?{query.ToApiQuery()}", visitor: null, body: null, cancellationToken);

    public Task<Reply<CatalogFacets>> CountAsync(CatalogQuery query, CancellationToken cancellationToken) =>
        replies.SendAsync<CatalogFacets>(
            http, HttpMethod.Get, $"api/catalog/facets?{query.ToApiQuery()}", visitor: null, body: null, cancellationToken);

    public Task<Reply<CatalogItem>> FindAsync(int id, CancellationToken cancellationToken) =>
        replies.SendAsync<CatalogItem>(http, HttpMethod.Get, $"api/catalog/items/{id}", visitor: null, body: null, cancellationToken);

    public Task<Reply<List<CatalogName>>> ListTypesAsync(CancellationToken cancellationToken) =>
        replies.SendAsync<List<CatalogName>>(
            http, HttpMethod.Get, "api/catalog/catalogtypes", visitor: null, body: null, cancellationToken);

    public Task<Reply<List<CatalogName>>> ListBrandsAsync(CancellationToken cancellationToken) =>
        replies.SendAsync<List<CatalogName>>(
            http, HttpMethod.Get, "api/catalog/catalogbrands", visitor: null, body: null, cancellationToken);

    /// <summary>Replaces the description, price and stock of an item.</summary>
    public Task<Reply<Done>> ReviseAsync(Visitor admin, ItemChange item, CancellationToken cancellationToken) =>
        replies.SendAsync<Done>(http, HttpMethod.Put, $"api/catalog/items/{item.Id}", admin, item, cancellationToken);
}
