using System.Security.Claims;
using Contracts.Ordering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ordering.Api.Orders;

internal static class CancelOrder
{
    public static async Task<Results<Ok<OrderView>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, ClaimsPrincipal user, OrderingContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (order, transition) = await db.ChangeOrderAsync(
            id, order => user.MaySee(order), order => db.Cancel(order, ReasonOf(user, order), time.GetUtcNow()), cancellationToken);

        return (order, transition) switch
        {
            (null, _) => TypedResults.NotFound(),
            (_, Transition.Refused) => OrderProblems.Refused("The order cannot be cancelled any more", order),
            _ => TypedResults.Ok(order.ToView()),
        };
    }

    private static string ReasonOf(ClaimsPrincipal user, Order order) =>
        user.GetBuyerIds().Contains(order.BuyerId) ? "Cancelled by the buyer." : "Cancelled by the shop.";
}
