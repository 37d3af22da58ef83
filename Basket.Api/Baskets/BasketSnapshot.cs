namespace Basket.Api.Baskets;

/// <summary>A basket as it was read; lines in the order of their product ids.</summary>
public sealed record BasketSnapshot(Guid BuyerId, IReadOnlyList<BasketLine> Lines)
{
    public const int MaxLines = 50;

    public bool IsEmpty => Lines.Count == 0;

    public BasketLine? Find(int productId) => Lines.FirstOrDefault(line => line.ProductId == productId);

    public BasketSnapshot With(BasketLine line) =>
        this with { Lines = [.. Lines.Where(other => other.ProductId != line.ProductId).Append(line).OrderBy(other => other.ProductId)] };

    public BasketSnapshot Without(int productId) => this with { Lines = [.. Lines.Where(line => line.ProductId != productId)] };

    /// <summary>
    /// Adds the other basket's quantities. What exceeds the bounds of a line or a basket is left out, the buyer's own lines first
    /// in line; a product in both keeps the price that this buyer saw.
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
