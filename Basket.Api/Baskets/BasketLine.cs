using System.Globalization;

namespace Basket.Api.Baskets;

/// <summary>
/// One product in a basket, with the price that the buyer saw when they last changed the line. A later price is shown beside it until
/// the buyer changes the line again or checks out.
/// </summary>
public sealed record BasketLine(int ProductId, int Quantity, decimal SeenPrice)
{
    public const int MaxQuantity = 99;

    /// <summary>The value in Redis, as in <c>2@19.90</c>.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Quantity}@{SeenPrice}");

    public static BasketLine FromText(int productId, string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return new BasketLine(
            productId,
            int.Parse(text.AsSpan(0, at), CultureInfo.InvariantCulture),
            decimal.Parse(text.AsSpan(at + 1), CultureInfo.InvariantCulture));
    }
}
