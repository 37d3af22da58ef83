using Microsoft.AspNetCore.Http.HttpResults;

namespace Basket.Api.Baskets;

public sealed class ClearBasket(BasketStore baskets, ViewBasket view)
{
    public static async Task<NoContent> HandleAsync(HttpContext context, ClearBasket clear)
    {
        await clear.RunAsync(Buyer.From(context));
        return TypedResults.NoContent();
    }

    public async Task<BasketView> RunAsync(Buyer buyer)
    {
        await baskets.RemoveAsync(buyer.Id);
        return await view.RunAsync(buyer);
    }
}
