namespace Ordering.Api.Orders;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/api/orders")
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
                "The order of another buyer answers 404, like an order that does not exist: a 403 would reveal which ids are orders. "
                + "Right after checkout the answer is 404 as well, until the order is placed; ask again.")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Paid);
        orders.MapPost("/{id:guid}/cancel", CancelOrder.HandleAsync)
            .WithName("CancelOrder")
            .WithSummary("Cancel an order that is not shipped yet")
            .WithDescription("A repeat answers the same. A payment is refunded.")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Cancelled)
            .ProducesProblem(StatusCodes.Status409Conflict);

        orders.MapGet("/to-ship", ListOrdersToShip.HandleAsync)
            .WithName("ListOrdersToShip")
            .WithSummary("Paid orders that are not shipped yet, oldest first (admin)")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Page)
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        orders.MapPost("/{id:guid}/ship", ShipOrder.HandleAsync)
            .WithName("ShipOrder")
            .WithSummary("Mark a paid order as shipped (admin)")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Shipped)
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
