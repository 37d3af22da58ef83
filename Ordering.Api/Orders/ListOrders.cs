using System.Security.Claims;
using Contracts.Ordering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

internal static class ListOrders
{
    public static async Task<Ok<OrderPage>> HandleAsync(
        [AsParameters] Paging paging, ClaimsPrincipal user, OrderingContext db, CancellationToken cancellationToken)
    {
        var buyerIds = user.GetBuyerIds();
        var orders = db.Orders.AsNoTracking()
            .Where(order => buyerIds.Contains(order.BuyerId))
            .OrderByDescending(order => order.PlacedAt).ThenBy(order => order.Id);

        return TypedResults.Ok(await orders.ToPageAsync(paging, cancellationToken));
    }
}
