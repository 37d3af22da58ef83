namespace WebApp.Clients;

/// <summary>How many items match with each choice.</summary>
/// <param name="CorrectedName">The search that found them, if what was typed was misspelled.</param>
public sealed record CatalogFacets(
    int Count, IReadOnlyList<FacetCount> Types, IReadOnlyList<FacetCount> Brands, PriceFacet? Price, StockFacet Stock,
    string? CorrectedName = null);
