using System.Text.Json.Serialization;
using Basket.Api.Products;

namespace Basket.Api.Baskets;

/// <summary>
/// A basket as its buyer sees it, with current prices and availability. Lines that cannot be bought are not in the total.
/// </summary>
public sealed record BasketView(IReadOnlyList<BasketLineView> Lines, decimal Total, string Currency, int ItemCount)
{
    private const string ShopCurrency = "EUR";

    public static BasketView Of(BasketSnapshot basket, IReadOnlyDictionary<int, Product> products)
    {
        var lines = basket.Lines.Select(line => BasketLineView.Of(line, products.GetValueOrDefault(line.ProductId))).ToList();

        return new BasketView(
            lines,
            lines.Where(line => line.IsAvailable).Sum(line => line.UnitPrice * line.Quantity),
            products.Values.FirstOrDefault()?.Currency ?? ShopCurrency,
            lines.Sum(line => line.Quantity));
    }
}

/// <param name="OldUnitPrice">
/// The price that the buyer saw before it changed; absent when it did not change, or when they changed the line since.
/// </param>
/// <param name="IsAvailable">False when the product is discontinued or sold out.</param>
/// <param name="Notice">Why the line cannot be bought as it is; absent when it can.</param>
public sealed record BasketLineView(
    int ProductId,
    string ProductName,
    decimal UnitPrice,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? OldUnitPrice,
    int Quantity,
    int AvailableStock,
    bool IsAvailable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice)
{
    // Basket looks in its own replica only; without the product there, the line has no price.
    public static BasketLineView Of(BasketLine line, Product? product) => product is { Name: { } name }
        ? new(
            line.ProductId,
            name,
            product.Price,
            product.Price == line.SeenPrice ? null : line.SeenPrice,
            line.Quantity,
            product.AvailableStock,
            product.CanBeBought(),
            Availability.Explain(product, line.Quantity))
        : new(
            line.ProductId,
            "Unknown product",
            line.SeenPrice,
            null,
            line.Quantity,
            0,
            false,
            "This product cannot be found at the moment.");
}
