namespace Ordering.Api.Orders;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/api/orders")
            .WithTags("Orders")
            .RequireAuthorization();

        orders.MapGet("/", ListOrders.HandleAsync)
            .WithName("ListOrders")
            .WithSummary("Your orders, newest first")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Page);
        orders.MapPost("/find", FindOrder.HandleAsync)
            .WithName("FindOrder")
            .WithSummary("Find an order by its number and e-mail address")
            .WithDescription(
                "For buyers without an account. The key in the answer goes into the header Order-Key of the requests that show or cancel "
                + "the order. An unknown number and a wrong address get the same answer, and attempts are limited.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithRequestExample(OrderExamples.Find)
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Found);
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
            .WithDescription("Repeating the request returns the same answer. If the order was paid, the payment is refunded.")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Cancelled)
            .ProducesProblem(StatusCodes.Status409Conflict);

        MapAdministration(orders.MapGroup("")
            .RequireAuthorization(Policies.Admin));
    }

    private static void MapAdministration(RouteGroupBuilder orders)
    {
        orders.MapGet("/all", ListAllOrders.HandleAsync)
            .WithName("ListAllOrders")
            .WithSummary("The orders of all buyers, newest first; with search and filter (admin)")
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Page);
        orders.MapPost("/{id:guid}/ship", ShipOrder.HandleAsync)
            .WithName("ShipOrder")
            .WithSummary("Mark a paid order as shipped (admin)")
            .WithDescription("The body is optional. The buyer gets a mail with the carrier and the tracking number.")
            .WithRequestExample(OrderExamples.Ship)
            .WithResponseExample(StatusCodes.Status200OK, OrderExamples.Shipped)
            .ProducesProblem(StatusCodes.Status409Conflict);
        orders.MapPost("/{id:guid}/refunds", RefundOrder.HandleAsync)
            .WithName("RefundOrder")
            .WithSummary("Give a part of the payment back, or all of it (admin)")
            .WithDescription(
                "For paid and shipped orders; cancelling an order refunds it by itself. Answers before the payment provider has refunded: "
                + "the status of the refund is Requested at first. The sum of all refunds is never higher than the payment (409).")
            .WithIdempotencyKey()
            .WithRequestExample(OrderExamples.Refund)
            .WithResponseExample(StatusCodes.Status202Accepted, OrderExamples.Refunded)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
