using System.ComponentModel.DataAnnotations;
using Basket.Api.Products;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Basket.Api.Baskets;

/// <summary>Puts a product into the basket, or changes its quantity.</summary>
public sealed class SetQuantity(BasketStore baskets, ProductShelf products, ViewBasket view)
{
    public sealed record Request(
        [property: Range(1, BasketLine.MaxQuantity, ErrorMessage = "The quantity must be from {1} to {2}.")] int Quantity);

    public static async Task<Results<Ok<BasketView>, ProblemHttpResult>> HandleAsync(
        int productId, Request request, HttpContext context, SetQuantity setQuantity)
    {
        var outcome = await setQuantity.RunAsync(Buyer.From(context), productId, request);
        return outcome.IsRefused ? outcome.Refusal.ToProblem(context) : TypedResults.Ok(outcome.Value);
    }

    public async Task<Outcome<BasketView>> RunAsync(Buyer buyer, int productId, Request request)
    {
        var found = await products.FindAsync(productId);

        if (found.IsRefused)
        {
            return found.Refusal;
        }

        var changed = await baskets.ChangeAsync(buyer, basket => basket.Put(found.Value, request.Quantity));
        return changed.IsRefused ? changed.Refusal : await view.ShowAsync(changed.Value);
    }
}
