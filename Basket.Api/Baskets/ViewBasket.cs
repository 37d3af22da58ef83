using Basket.Api.Products;

namespace Basket.Api.Baskets;

public sealed class ViewBasket(BasketStore baskets, ProductStore products)
{
    public async Task<BasketView> RunAsync(Buyer buyer) => await ShowAsync(await baskets.ReadAsync(buyer.Id));

    public async Task<BasketView> ShowAsync(BasketSnapshot basket) =>
        BasketView.Of(basket, await products.FindAsync([.. basket.Lines.Select(line => line.ProductId)]));
}
