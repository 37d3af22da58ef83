namespace Catalog.Api.Items;

/// <summary>One product as clients read it. In lists, <see cref="CatalogType"/> and <see cref="CatalogBrand"/> are null.</summary>
/// <param name="PictureVersion">Changes with the picture. With it, the address of the picture may be cached without a time limit.</param>
/// <param name="IsFeatured">Whether the front page shows it first.</param>
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
    long Version,
    string PictureVersion,
    bool IsFeatured);
