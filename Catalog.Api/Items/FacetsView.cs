namespace Catalog.Api.Items;

/// <summary>How many products each choice would leave, together with all other filters. A chosen type or brand may have 0.</summary>
/// <param name="CorrectedName">The search that found these products, if the words of <c>name</c> were misspelled; else null.</param>
public sealed record FacetsView(
    long Count, IReadOnlyList<TypeFacet> Types, IReadOnlyList<BrandFacet> Brands, PriceFacet? Price, StockFacet Stock,
    string? CorrectedName);

/// <param name="LowestPrice">Null if no product is left.</param>
public sealed record TypeFacet(int Id, string Type, long Count, decimal? LowestPrice);

public sealed record BrandFacet(int Id, string Brand, long Count);

public sealed record PriceFacet(decimal Lowest, decimal Highest, string Currency);

public sealed record StockFacet(long InStock, long SoldOut);
