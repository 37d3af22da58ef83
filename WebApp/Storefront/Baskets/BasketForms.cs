using Microsoft.AspNetCore.Mvc;
using WebApp.Clients;
using WebApp.Identity;
using WebApp.Storefront.Layout;

namespace WebApp.Storefront.Baskets;

/// <summary>The buttons around a basket: form posts that end in a redirect, with or without scripts.</summary>
public static class BasketForms
{
    /// <summary>The most pieces of one product; Basket.Api refuses more.</summary>
    public const int QuantityLimit = 99;

    public static void MapBasketForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/basket/add", AddAsync);
        app.MapPost("/basket/set", SetAsync);
        app.MapPost("/basket/remove", RemoveAsync);
        app.MapPost("/basket/tidy", TidyAsync);
    }

    private static async Task<IResult> AddAsync(
        [FromForm] int productId, [FromForm] int? quantity, [FromForm] string? returnUrl,
        CurrentVisitor current, BasketClient baskets, Flash flash, CancellationToken cancellationToken)
    {
        var changed = await baskets.AddItemAsync(
            current.FindOrWelcome(), productId, Math.Clamp(quantity ?? 1, 1, QuantityLimit), cancellationToken);
        var name = changed.Value?.Lines.FirstOrDefault(line => line.ProductId == productId)?.ProductName;
        flash.Leave(changed.IsSuccess
            ? new FlashMessage($"{name} is in your basket.", Link: new FlashLink("Go to basket", "/basket"))
            : Problem(changed, "It could not be put into your basket."));
        return LocalRedirects.To(returnUrl, "/basket");
    }

    private static async Task<IResult> SetAsync(
        [FromForm] int productId, [FromForm] int quantity,
        CurrentVisitor current, BasketClient baskets, Flash flash, CancellationToken cancellationToken)
    {
        var changed = await baskets.SetQuantityAsync(
            current.FindOrWelcome(), productId, Math.Clamp(quantity, 0, QuantityLimit), cancellationToken);

        if (!changed.IsSuccess)
        {
            flash.Leave(Problem(changed, "The quantity could not be changed."));
        }

        return LocalRedirects.To("/basket");
    }

    private static async Task<IResult> RemoveAsync(
        [FromForm] int productId, CurrentVisitor current, BasketClient baskets, Flash flash, CancellationToken cancellationToken)
    {
        var visitor = current.FindOrWelcome();
        var basket = await baskets.GetAsync(visitor, cancellationToken);
        var line = basket.Value?.Lines.FirstOrDefault(line => line.ProductId == productId);
        var changed = basket.IsSuccess ? await baskets.SetQuantityAsync(visitor, productId, 0, cancellationToken) : basket;

        if (!changed.IsSuccess)
        {
            flash.Leave(Problem(changed, "It could not be removed."));
        }
        else if (line is not null)
        {
            flash.Leave(new FlashMessage(
                $"{line.ProductName} is no longer in your basket.",
                Undo: line.IsAvailable ? new BasketUndo(productId, line.Quantity) : null));
        }

        return LocalRedirects.To("/basket");
    }

    /// <summary>Removes everything that cannot be bought, with one click.</summary>
    private static async Task<IResult> TidyAsync(
        [FromForm] string? returnUrl, CurrentVisitor current, BasketClient baskets, Flash flash, CancellationToken cancellationToken)
    {
        var tidied = await baskets.TidyAsync(current.FindOrWelcome(), cancellationToken);
        flash.Leave(tidied.IsSuccess
            ? new FlashMessage("Your basket has only what you can buy now.")
            : Problem(tidied, "The basket could not be changed."));
        return LocalRedirects.To(returnUrl, "/basket");
    }

    /// <param name="what">What did not happen, as a sentence.</param>
    public static FlashMessage Problem<T>(Reply<T> reply, string what) => new(
        reply.IsUnavailable ? $"{what} The basket does not respond right now. Please try again in a moment." : reply.Problem ?? what,
        IsProblem: true);
}
