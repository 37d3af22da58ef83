namespace WebApp.Clients;

/// <summary>An item as an administrator saves it.</summary>
/// <param name="Id">Null for a new one.</param>
/// <param name="PictureFileName">Null keeps the picture.</param>
/// <param name="AvailableStock">Null keeps the stock.</param>
/// <param name="IsFeatured">Whether the front page shows it first.</param>
public sealed record ItemChange(
    int? Id, string Name, string Description, decimal Price, int CatalogTypeId, int CatalogBrandId, string? PictureFileName,
    int? AvailableStock, bool IsFeatured);
