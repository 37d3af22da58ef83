namespace WebApp.Clients;

/// <summary>Items for the front page. No item is in two lists.</summary>
public sealed record CatalogHighlights(
    IReadOnlyList<CatalogItem> Featured, IReadOnlyList<CatalogItem> NearlyGone, IReadOnlyList<CatalogItem> Bestsellers,
    IReadOnlyList<CatalogItem> Newest);
