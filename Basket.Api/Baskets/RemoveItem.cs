namespace Basket.Api.Baskets;

/// <summary>Takes a product out of the basket, whether it was there or not.</summary>
public sealed class RemoveItem(BasketStore baskets, ViewBasket view)
{
    private const int Tries = 10;

    public async Task<Outcome<BasketView>> RunAsync(Buyer buyer, int productId)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var basket = await baskets.ReadAsync(buyer.Id);
            var changed = basket.Without(productId);

            if (changed.Lines.Count == basket.Lines.Count || await baskets.TryReplaceAsync(basket, changed, buyer.IsGuest))
            {
                return await view.ShowAsync(changed);
            }
        }

        return Refusal.BasketBusy;
    }
}
