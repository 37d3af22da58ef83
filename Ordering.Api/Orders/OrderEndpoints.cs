namespace Ordering.Api.Orders;

internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/orders")
            .WithTags("Orders")
            .RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized);

        orders.MapGet("/", ListOrders.HandleAsync)
            .WithName("ListOrders")
            .WithSummary("Your orders, newest first")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Page);
        orders.MapGet("/{id:guid}", GetOrder.HandleAsync)
            .WithName("GetOrder")
            .WithSummary("One order with its timeline")
            .WithDescription(
                "An order that is not yours answers 404, as one that does not exist: a 403 would tell strangers which ids are orders. "
                + "Right after checkout it also answers 404, until the order was placed; ask again.")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Paid);
        orders.MapPost("/{id:guid}/cancel", CancelOrder.HandleAsync)
            .WithName("CancelOrder")
            .WithSummary("Cancel an order that is not shipped yet")
            .WithDescription("Repeating it answers the same. What was paid is given back.")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Cancelled)
            .ProducesProblem(StatusCodes.Status409Conflict);

        orders.MapGet("/to-ship", ListOrdersToShip.HandleAsync)
            .WithName("ListOrdersToShip")
            .WithSummary("Paid orders that wait to be shipped, oldest first (admin)")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Page)
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        orders.MapPost("/{id:guid}/ship", ShipOrder.HandleAsync)
            .WithName("ShipOrder")
            .WithSummary("Say that a paid order is on its way (admin)")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Shipped)
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
