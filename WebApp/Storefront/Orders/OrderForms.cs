using Microsoft.AspNetCore.Mvc;
using WebApp.Clients;
using WebApp.Identity;
using WebApp.Storefront.Layout;

namespace WebApp.Storefront.Orders;

/// <summary>The buttons of an order. The form parameter of each makes the framework check the anti-forgery token.</summary>
public static class OrderForms
{
    private const string Unreadable = "The order could not be read just now. Please try again.";

    public static void MapOrderForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/orders/{id:guid}/reorder", ReorderAsync);
        app.MapPost("/orders/{id:guid}/pay-again", PayAgainAsync);
    }

    /// <summary>Adds the order's lines to what is in the basket.</summary>
    private static async Task<IResult> ReorderAsync(
        Guid id, [FromForm] IFormCollection form, CurrentVisitor current, VisitorOrders orders, BasketClient baskets, Flash flash,
        CancellationToken cancellationToken)
    {
        if ((await orders.FindAsync(id, cancellationToken)).Value is not { } order)
        {
            flash.Leave(new FlashMessage(Unreadable, IsProblem: true));
            return LocalRedirects.To($"/orders/{id}");
        }

        var visitor = current.FindOrWelcome();
        List<string> missing = [];

        foreach (var line in order.Lines)
        {
            if (!(await baskets.AddItemAsync(visitor, line.ProductId, line.Quantity, cancellationToken)).IsSuccess)
            {
                missing.Add(line.ProductName);
            }
        }

        flash.Leave(missing.Count == 0 ? new FlashMessage("Everything was added to your basket.") : NotAdded(missing));
        return LocalRedirects.To("/basket");
    }

    /// <summary>
    /// Puts the lines of an order whose payment failed back into the basket, and opens the checkout with the order's address. A second
    /// click adds nothing: lines that the basket has already are left alone.
    /// </summary>
    private static async Task<IResult> PayAgainAsync(
        Guid id, [FromForm] IFormCollection form, CurrentVisitor current, VisitorOrders orders, BasketClient baskets, Flash flash,
        CancellationToken cancellationToken)
    {
        var visitor = current.FindOrWelcome();

        if ((await orders.FindAsync(id, cancellationToken)).Value is not { } order
            || (await baskets.GetAsync(visitor, cancellationToken)).Value is not { } basket)
        {
            flash.Leave(new FlashMessage(Unreadable, IsProblem: true));
            return LocalRedirects.To($"/orders/{id}");
        }

        List<string> missing = [];

        foreach (var line in order.Lines)
        {
            var inBasket = basket.Lines.FirstOrDefault(other => other.ProductId == line.ProductId)?.Quantity ?? 0;
            if (inBasket < line.Quantity
                && !(await baskets.SetQuantityAsync(visitor, line.ProductId, line.Quantity, cancellationToken)).IsSuccess)
            {
                missing.Add(line.ProductName);
            }
        }

        if (missing.Count > 0)
        {
            flash.Leave(NotAdded(missing));
        }

        return LocalRedirects.To(missing.Count == order.Lines.Count ? "/basket" : $"/checkout?order={id}");
    }

    private static FlashMessage NotAdded(List<string> names) => new(
        $"Not added to your basket, because it cannot be bought right now: {string.Join(", ", names)}.", IsProblem: true);
}
