namespace WebApp.Clients;

public sealed record CatalogItems(int PageIndex, int PageSize, int Count, IReadOnlyList<CatalogItem> Data);

public sealed record CatalogItem
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    public required decimal Price { get; init; }
    public string Currency { get; init; } = "EUR";
    public string? PictureFileName { get; init; }
    public required int CatalogTypeId { get; init; }
    public CatalogName? CatalogType { get; init; }
    public required int CatalogBrandId { get; init; }
    public CatalogName? CatalogBrand { get; init; }
    public required int AvailableStock { get; init; }
}

/// <summary>An item as an administrator sends it back.</summary>
/// <param name="AvailableStock">Null leaves the stock as it is.</param>
public sealed record ItemChange(
    int Id, string Name, string Description, decimal Price, int CatalogTypeId, int CatalogBrandId, string? PictureFileName, int? AvailableStock)
{
    public ItemChange(CatalogItem item, decimal price, int? availableStock)
        : this(item.Id, item.Name, item.Description, price, item.CatalogTypeId, item.CatalogBrandId, item.PictureFileName, availableStock)
    {
    }
}

/// <summary>A type or a brand: the API names the same thing differently in the two.</summary>
public sealed record CatalogName(int Id, string? Type, string? Brand)
{
    public string Name => Type ?? Brand ?? "";
}

/// <summary>How many items each choice would leave.</summary>
public sealed record CatalogFacets(int Count, IReadOnlyList<FacetCount> Types, IReadOnlyList<FacetCount> Brands, PriceFacet? Price, StockFacet Stock);

public sealed record FacetCount(int Id, string? Type, string? Brand, int Count)
{
    public string Name => Type ?? Brand ?? "";
}

public sealed record PriceFacet(decimal Lowest, decimal Highest);

public sealed record StockFacet(int InStock, int SoldOut);
