using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

internal static class ListOrdersToShip
{
    public static async Task<Ok<OrderPage>> HandleAsync(
        [AsParameters] Paging paging, OrderingContext db, CancellationToken cancellationToken)
    {
        var orders = db.Orders.AsNoTracking()
            .Where(order => order.Status == OrderStatus.Paid)
            .OrderBy(order => order.PlacedAt).ThenBy(order => order.Id);

        return TypedResults.Ok(await OrderPage.ReadAsync(orders, paging, cancellationToken));
    }
}
