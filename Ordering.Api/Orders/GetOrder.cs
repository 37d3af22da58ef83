using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

internal static class GetOrder
{
    public static async Task<Results<Ok<OrderView>, NotFound>> HandleAsync(
        Guid id, [FromHeader(Name = OrderKey.Header), Description(OrderKey.Meaning)] string? key, ClaimsPrincipal user, OrderingContext db,
        CancellationToken cancellationToken)
    {
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellationToken);

        // Not 403: that would reveal that the order exists.
        return order is not null && user.MaySee(order, key) ? TypedResults.Ok(OrderView.Of(order)) : TypedResults.NotFound();
    }
}
