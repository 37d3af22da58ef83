using Basket.Api.Products;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Basket.Api.Baskets;

public sealed class ViewBasket(BasketStore baskets, ProductStore products)
{
    public static async Task<Ok<BasketView>> HandleAsync(HttpContext context, ViewBasket view) =>
        TypedResults.Ok(await view.RunAsync(Buyer.From(context)));

    public async Task<BasketView> RunAsync(Buyer buyer) => await ShowAsync(await baskets.ReadAsync(buyer.Id));

    public async Task<BasketView> ShowAsync(BasketSnapshot basket) =>
        BasketView.Of(basket, await products.FindAsync([.. basket.Lines.Select(line => line.ProductId)]));
}
