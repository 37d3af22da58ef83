namespace Catalog.Api.Items;

/// <summary>How many products each choice would leave, together with all other filters.</summary>
public sealed record FacetsView(
    long Count, IReadOnlyList<TypeFacet> Types, IReadOnlyList<BrandFacet> Brands, PriceFacet? Price, StockFacet Stock);

public sealed record TypeFacet(int Id, string Type, long Count);

public sealed record BrandFacet(int Id, string Brand, long Count);

public sealed record PriceFacet(decimal Lowest, decimal Highest, string Currency);

public sealed record StockFacet(long InStock, long SoldOut);
