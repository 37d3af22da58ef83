using Basket.Api.Products;
using ServiceDefaults;

namespace Basket.Api.Baskets;

/// <summary>Puts a product into the basket, or changes how many of it. The buyer has seen today's price then.</summary>
public sealed class SetQuantity(BasketStore baskets, ProductStore products, Replica replica, ViewBasket view)
{
    public sealed record Request(int Quantity);

    private const int Tries = 10;

    public async Task<Outcome<BasketView>> RunAsync(Buyer buyer, int productId, Request request)
    {
        var faults = new Faults().Unless(
            request.Quantity is >= 1 and <= BasketLine.MaxQuantity, "quantity", $"The quantity must be from 1 to {BasketLine.MaxQuantity}.");

        if (faults.Any)
        {
            return Refusal.Invalid(faults);
        }

        if (await products.FindAsync(productId) is not { } product || !product.IsKnown())
        {
            return await replica.IsCompleteAsync()
                ? Refusal.NotFound($"There is no product {productId}.")
                : new Refusal(RefusalReason.NotReady, "The products are not known yet. Try again in a moment.");
        }

        if (Availability.Explain(product, request.Quantity) is { } reason)
        {
            return Refusal.Conflict($"{product.Name}: {reason}");
        }

        return await WriteAsync(buyer, new BasketLine(productId, request.Quantity, product.Price));
    }

    private async Task<Outcome<BasketView>> WriteAsync(Buyer buyer, BasketLine line)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var basket = await baskets.ReadAsync(buyer.Id);
            var changed = basket.With(line);

            if (changed.Lines.Count > BasketSnapshot.MaxLines)
            {
                return Refusal.Conflict($"A basket holds at most {BasketSnapshot.MaxLines} different products.");
            }

            if (await baskets.TryReplaceAsync(basket, changed, buyer.IsGuest))
            {
                return await view.ShowAsync(changed);
            }
        }

        return Refusal.BasketBusy;
    }
}
