namespace Basket.Api.Baskets;

public sealed class ClearBasket(BasketStore baskets, ViewBasket view)
{
    public async Task<BasketView> RunAsync(Buyer buyer)
    {
        await baskets.RemoveAsync(buyer.Id);
        return await view.RunAsync(buyer);
    }
}
