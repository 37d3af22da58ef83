using System.Security.Claims;
using Contracts.Ordering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ordering.Api.Orders;

internal static class ShipOrder
{
    public static async Task<Results<Ok<OrderView>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, ClaimsPrincipal user, OrderingContext db, OrderAudit audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (order, transition) = await db.ChangeOrderAsync(id, _ => true, order => Ship(db, order, clock.GetUtcNow()), cancellationToken);
        if (order is not null && transition is Transition.Made)
        {
            audit.Shipped(user.GetUserId(), order.Id);
        }

        return (order, transition) switch
        {
            (null, _) => TypedResults.NotFound(),
            (_, Transition.Made) => TypedResults.Ok(OrderView.Of(order)),
            _ => OrderProblems.Refused("The order cannot be shipped", order),
        };
    }

    private static Transition Ship(OrderingContext db, Order order, DateTimeOffset now)
    {
        var transition = order.Ship(now);

        if (transition is Transition.Made)
        {
            db.Publish(new OrderShipped(order.Id, order.BuyerId, order.Version));
        }

        return transition;
    }
}
