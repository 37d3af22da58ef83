using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

internal static class ListOrders
{
    public static async Task<Ok<OrderPage>> HandleAsync(
        [AsParameters] Paging paging, ClaimsPrincipal user, OrderingContext db, CancellationToken cancellationToken)
    {
        var buyerId = user.GetUserId();
        var orders = db.Orders.AsNoTracking()
            .Where(order => order.BuyerId == buyerId)
            .OrderByDescending(order => order.PlacedAt).ThenBy(order => order.Id);

        return TypedResults.Ok(await OrderPage.ReadAsync(orders, paging, cancellationToken));
    }
}
