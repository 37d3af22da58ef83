namespace Catalog.Api.Items;

/// <summary>One product as clients read it. Lists leave <see cref="CatalogType"/> and <see cref="CatalogBrand"/> null.</summary>
public sealed record ItemView(
    int Id,
    string Name,
    string Description,
    decimal Price,
    string Currency,
    string? PictureFileName,
    int CatalogTypeId,
    TypeView? CatalogType,
    int CatalogBrandId,
    BrandView? CatalogBrand,
    int AvailableStock,
    long Version);

public sealed record TypeView(int Id, string Type);

public sealed record BrandView(int Id, string Brand);

public sealed record PageView(int PageIndex, int PageSize, long Count, IReadOnlyList<ItemView> Data);

/// <summary>How many products each choice would leave, given all other filters.</summary>
public sealed record FacetsView(
    long Count, IReadOnlyList<TypeFacet> Types, IReadOnlyList<BrandFacet> Brands, PriceFacet? Price, StockFacet Stock);

public sealed record TypeFacet(int Id, string Type, long Count);

public sealed record BrandFacet(int Id, string Brand, long Count);

public sealed record PriceFacet(decimal Lowest, decimal Highest, string Currency);

public sealed record StockFacet(long InStock, long SoldOut);
