using System.Diagnostics;
using System.Globalization;
using Contracts.Audit;
using Contracts.Catalog;

namespace Catalog.Api.Items;

/// <summary>What the back office's audit log keeps of changes of products.</summary>
internal static class ItemActions
{
    public static RecordAction Created(Guid userId, Product product) => About(product, userId, "product.created");

    public static RecordAction Discontinued(Guid userId, Product product) => About(product, userId, "product.discontinued");

    public static RecordAction PictureChanged(Guid userId, Product product) => About(product, userId, "product.picture-changed");

    /// <param name="userId">The administrator.</param>
    /// <param name="product">The product after the change.</param>
    /// <param name="change">An event that the change published.</param>
    public static RecordAction Changed(Guid userId, Product product, object change) => change switch
    {
        PriceChanged price => About(
            product, userId, "product.price-changed", $"{Text(price.OldPrice)} → {Text(price.NewPrice)} {price.Currency}"),
        StockLevelChanged stock => About(
            product, userId, "product.stock-changed", stock.AvailableStock.ToString(CultureInfo.InvariantCulture)),
        ProductChanged => About(product, userId, "product.changed"),
        _ => throw new UnreachableException($"{change.GetType().Name} is not a change of a product."),
    };

    private static RecordAction About(Product product, Guid userId, string action, string? detail = null) =>
        new(userId, action, product.Id.ToString(CultureInfo.InvariantCulture), product.Name, detail);

    private static string Text(decimal price) => price.ToString("0.00", CultureInfo.InvariantCulture);
}
