namespace WebApp.Clients;

public sealed record CatalogItem
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    public required decimal Price { get; init; }
    public string Currency { get; init; } = ShopCurrency.Code;
    public string? PictureFileName { get; init; }
    public required int CatalogTypeId { get; init; }
    public CatalogName? CatalogType { get; init; }
    public required int CatalogBrandId { get; init; }
    public CatalogName? CatalogBrand { get; init; }
    public required int AvailableStock { get; init; }
    public long Version { get; init; }

    /// <summary>Whether the front page shows it first.</summary>
    public bool IsFeatured { get; init; }

    /// <summary>Changes with the picture; a part of its address.</summary>
    public string? PictureVersion { get; init; }
}
