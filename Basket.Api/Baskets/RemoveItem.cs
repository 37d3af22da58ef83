using Microsoft.AspNetCore.Http.HttpResults;

namespace Basket.Api.Baskets;

/// <summary>Removes a product from the basket. Succeeds as well when it is not there.</summary>
public sealed class RemoveItem(BasketStore baskets, ViewBasket view)
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(int productId, HttpContext context, RemoveItem remove)
    {
        var outcome = await remove.RunAsync(Buyer.From(context), productId);
        return outcome.IsRefused ? outcome.Refusal.ToProblem(context) : TypedResults.NoContent();
    }

    public async Task<Outcome<BasketView>> RunAsync(Buyer buyer, int productId)
    {
        var changed = await baskets.ChangeAsync(buyer, basket => basket.Without(productId));
        return changed.IsRefused ? changed.Refusal : await view.ShowAsync(changed.Value);
    }
}
