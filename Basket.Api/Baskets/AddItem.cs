using System.ComponentModel.DataAnnotations;
using Basket.Api.Products;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Basket.Api.Baskets;

/// <summary>Adds pieces of a product to those already in the basket. Simultaneous calls all count.</summary>
public sealed class AddItem(BasketStore baskets, ProductShelf products, ViewBasket view)
{
    public sealed record Request(
        int ProductId,
        [property: Range(1, BasketLine.MaxQuantity, ErrorMessage = "The quantity must be from {1} to {2}.")] int Quantity = 1);

    public static async Task<Results<Ok<BasketView>, ProblemHttpResult>> HandleAsync(Request request, HttpContext context, AddItem addItem)
    {
        var outcome = await addItem.RunAsync(Buyer.From(context), request);
        return outcome.IsRefused ? outcome.Refusal.ToProblem(context) : TypedResults.Ok(outcome.Value);
    }

    public async Task<Outcome<BasketView>> RunAsync(Buyer buyer, Request request)
    {
        var found = await products.FindAsync(request.ProductId);

        if (found.IsRefused)
        {
            return found.Refusal;
        }

        var changed = await baskets.ChangeAsync(buyer, basket => Add(basket, found.Value, request.Quantity));
        return changed.IsRefused ? changed.Refusal : await view.ShowAsync(changed.Value);
    }

    private static Outcome<BasketSnapshot> Add(BasketSnapshot basket, Product product, int quantity) =>
        basket.Put(product, quantity + (basket.Find(product.Id)?.Quantity ?? 0));
}
