using Basket.Api.Products;

namespace Basket.Api.Baskets;

/// <summary>A basket as it was read; its lines are ordered by product id.</summary>
public sealed record BasketSnapshot(Guid BuyerId, IReadOnlyList<BasketLine> Lines)
{
    public const int MaxLines = 50;

    public bool IsEmpty => Lines.Count == 0;

    public BasketLine? Find(int productId) => Lines.FirstOrDefault(line => line.ProductId == productId);

    public BasketSnapshot With(BasketLine line) =>
        this with { Lines = [.. Lines.Where(other => other.ProductId != line.ProductId).Append(line).OrderBy(other => other.ProductId)] };

    public BasketSnapshot Without(int productId) => this with { Lines = [.. Lines.Where(line => line.ProductId != productId)] };

    /// <summary>
    /// Sets the quantity of the product, if so many can be bought and the basket has room. The buyer has seen today's price then.
    /// </summary>
    public Outcome<BasketSnapshot> Put(Product product, int quantity)
    {
        if (quantity > BasketLine.MaxQuantity)
        {
            return Refusal.Conflict($"A basket holds at most {BasketLine.MaxQuantity} of one product.");
        }

        if (Availability.Explain(product, quantity) is { } reason)
        {
            return Refusal.Conflict($"{product.Name}: {reason}");
        }

        var changed = With(new BasketLine(product.Id, quantity, product.Price));
        return changed.Lines.Count > MaxLines ? Refusal.Conflict($"A basket holds at most {MaxLines} different products.") : changed;
    }

    /// <summary>
    /// Adds the other basket's quantities. The buyer's own lines stay; what then exceeds the limits of a line or of
    /// the basket is left out. A product in both baskets keeps the price that this buyer saw.
    /// </summary>
    public BasketSnapshot Merge(BasketSnapshot other)
    {
        var merged = this;

        foreach (var line in other.Lines)
        {
            var own = merged.Find(line.ProductId);

            if (own is not null || merged.Lines.Count < MaxLines)
            {
                var quantity = Math.Min(BasketLine.MaxQuantity, line.Quantity + (own?.Quantity ?? 0));
                merged = merged.With((own ?? line) with { Quantity = quantity });
            }
        }

        return merged;
    }
}
