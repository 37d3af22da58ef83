using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Tokens;
using WebApp.Clients;
using WebApp.Identity;
using WebApp.Storefront.Layout;

namespace WebApp.Storefront.Orders;

/// <summary>The buttons of an order. The form parameter of each makes the framework check the anti-forgery token.</summary>
public static class OrderForms
{
    public static void MapOrderForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/orders/{id:guid}/cancel", CancelAsync);
        app.MapPost("/orders/{id:guid}/reorder", ReorderAsync);
        app.MapPost("/admin/orders/{id:guid}/ship", ShipAsync).RequireAuthorization(Policies.Admin);
    }

    private static async Task<IResult> CancelAsync(
        Guid id, [FromForm] IFormCollection form, CurrentVisitor current, OrderingClient ordering, Flash flash,
        CancellationToken cancellationToken)
    {
        if (current.Find() is not { } visitor)
        {
            return TypedResults.NotFound();
        }

        var reply = await ordering.CancelAsync(visitor, id, cancellationToken);
        flash.Leave(reply.Value is { } order
            ? new FlashMessage($"The order is cancelled. {Cancelled.Money(order)}")
            : new FlashMessage(
                reply.IsUnavailable ? "The order could not be cancelled just now. Please try again." : reply.Reason, IsProblem: true));
        return LocalRedirects.To($"/orders/{id}");
    }

    private static async Task<IResult> ReorderAsync(
        Guid id, [FromForm] IFormCollection form,
        CurrentVisitor current, OrderingClient ordering, BasketClient baskets, Flash flash, CancellationToken cancellationToken)
    {
        if (current.Find() is not { } visitor || await ordering.FindAsync(visitor, id, cancellationToken) is not { Value: { } order })
        {
            flash.Leave(new FlashMessage("The order could not be read just now. Please try again.", IsProblem: true));
            return LocalRedirects.To($"/orders/{id}");
        }

        List<string> missing = [];

        foreach (var line in order.Lines)
        {
            if (!(await baskets.AddItemAsync(visitor, line.ProductId, line.Quantity, cancellationToken)).IsSuccess)
            {
                missing.Add(line.ProductName);
            }
        }

        flash.Leave(missing.Count == 0
            ? new FlashMessage("Everything was added to your basket.")
            : new FlashMessage(
                $"Not added to your basket, because it cannot be bought right now: {string.Join(", ", missing)}.", IsProblem: true));
        return LocalRedirects.To("/basket");
    }

    private static async Task<IResult> ShipAsync(
        Guid id, [FromForm] IFormCollection form, CurrentVisitor current, OrderingClient ordering, Flash flash,
        CancellationToken cancellationToken)
    {
        var reply = await ordering.ShipAsync(current.Find()!, id, cancellationToken);
        flash.Leave(reply.IsSuccess
            ? new FlashMessage($"Order {id} is on its way.")
            : new FlashMessage(
                reply.IsUnavailable ? "The order could not be shipped just now. Please try again." : reply.Reason, IsProblem: true));
        return LocalRedirects.To("/admin/orders");
    }
}
