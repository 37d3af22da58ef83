namespace WebApp.Clients;

/// <summary>How many items match with each choice.</summary>
public sealed record CatalogFacets(
    int Count, IReadOnlyList<FacetCount> Types, IReadOnlyList<FacetCount> Brands, PriceFacet? Price, StockFacet Stock);
