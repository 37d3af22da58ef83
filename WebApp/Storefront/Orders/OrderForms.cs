using Basket.Grpc;
using Microsoft.AspNetCore.Mvc;
using WebApp.Clients;
using WebApp.Identity;
using WebApp.Storefront.Baskets;
using WebApp.Storefront.Layout;

namespace WebApp.Storefront.Orders;

/// <summary>The buttons of an order. The form parameter of each makes the framework check the anti-forgery token.</summary>
public static class OrderForms
{
    private const string Unreadable = "The order could not be read just now. Please try again.";
    private const string NotEverything = "Not everything could be put into your basket.";

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
            return BackToOrder(id, flash, new FlashMessage(Unreadable, IsProblem: true));
        }

        var visitor = current.FindOrWelcome();
        List<(string Name, string Reason)> refused = [];

        foreach (var line in order.Lines)
        {
            var reply = await baskets.AddItemAsync(visitor, line.ProductId, line.Quantity, cancellationToken);
            if (reply.IsUnavailable)
            {
                return BackToOrder(id, flash, BasketForms.Problem(reply, NotEverything));
            }

            if (!reply.IsSuccess)
            {
                refused.Add((line.ProductName, reply.Reason));
            }
        }

        flash.Leave(refused.Count == 0 ? new FlashMessage("Everything was added to your basket.") : NotAdded(refused));
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

        if ((await orders.FindAsync(id, cancellationToken)).Value is not { } order)
        {
            return BackToOrder(id, flash, new FlashMessage(Unreadable, IsProblem: true));
        }

        var basket = await baskets.GetAsync(visitor, cancellationToken);
        if (!basket.IsSuccess)
        {
            return BackToOrder(id, flash, BasketForms.Problem(basket, NotEverything));
        }

        List<(string Name, string Reason)> refused = [];

        foreach (var line in order.Lines.Where(line => PiecesIn(basket.Value, line.ProductId) < line.Quantity))
        {
            var reply = await baskets.SetQuantityAsync(visitor, line.ProductId, line.Quantity, cancellationToken);
            if (reply.IsUnavailable)
            {
                return BackToOrder(id, flash, BasketForms.Problem(reply, NotEverything));
            }

            if (!reply.IsSuccess)
            {
                refused.Add((line.ProductName, reply.Reason));
            }
        }

        if (refused.Count > 0)
        {
            flash.Leave(NotAdded(refused));
        }

        return LocalRedirects.To(refused.Count == order.Lines.Count ? "/basket" : $"/checkout?order={id}");
    }

    private static int PiecesIn(BasketView basket, int productId) =>
        basket.Lines.FirstOrDefault(line => line.ProductId == productId)?.Quantity ?? 0;

    private static IResult BackToOrder(Guid id, Flash flash, FlashMessage problem)
    {
        flash.Leave(problem);
        return LocalRedirects.To($"/orders/{id}");
    }

    /// <summary>
    /// Each reason once: a cookie carries the message. Basket.Api begins some reasons with the product's name, which is said already.
    /// </summary>
    private static FlashMessage NotAdded(List<(string Name, string Reason)> refused)
    {
        var reasons = refused
            .GroupBy(line => line.Reason.StartsWith($"{line.Name}: ", StringComparison.Ordinal)
                ? line.Reason[$"{line.Name}: ".Length..]
                : line.Reason)
            .Select(lines => $"{string.Join(", ", lines.Select(line => line.Name))}: {lines.Key}");
        return new FlashMessage($"Not added to your basket. {string.Join(' ', reasons)}", IsProblem: true);
    }
}
