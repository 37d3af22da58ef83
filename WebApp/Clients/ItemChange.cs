namespace WebApp.Clients;

/// <summary>An item that an administrator has changed.</summary>
/// <param name="AvailableStock">Null keeps the stock.</param>
public sealed record ItemChange(
    int Id, string Name, string Description, decimal Price, int CatalogTypeId, int CatalogBrandId, string? PictureFileName,
    int? AvailableStock)
{
    public ItemChange(CatalogItem item, decimal price, int? availableStock)
        : this(item.Id, item.Name, item.Description, price, item.CatalogTypeId, item.CatalogBrandId, item.PictureFileName, availableStock)
    {
    }
}
