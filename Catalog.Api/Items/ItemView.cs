namespace Catalog.Api.Items;

/// <summary>One product as clients read it. In lists, <see cref="CatalogType"/> and <see cref="CatalogBrand"/> are null.</summary>
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
