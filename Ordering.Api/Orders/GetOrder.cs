using System.Security.Claims;
using Contracts.Ordering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

internal static class GetOrder
{
    public static async Task<Results<Ok<OrderView>, NotFound>> HandleAsync(
        Guid id, ClaimsPrincipal user, OrderingContext db, CancellationToken cancellationToken)
    {
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellationToken);

        // Not 403: it would tell a stranger that the order exists.
        return order is not null && user.MaySee(order) ? TypedResults.Ok(order.ToView()) : TypedResults.NotFound();
    }
}
