using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

/// <summary>One page of orders. <see cref="Count"/> is the number of orders on all pages.</summary>
public sealed record OrderPage(int PageIndex, int PageSize, long Count, IReadOnlyList<OrderView> Data)
{
    /// <param name="orders">All orders, sorted.</param>
    /// <param name="paging">Which of them to read.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public static async Task<OrderPage> ReadAsync(IQueryable<Order> orders, Paging paging, CancellationToken cancellationToken)
    {
        var count = await orders.LongCountAsync(cancellationToken);
        var page = await orders
            .Skip(paging.PageIndex * paging.PageSize)
            .Take(paging.PageSize)
            .ToListAsync(cancellationToken);

        return new OrderPage(paging.PageIndex, paging.PageSize, count, page.ConvertAll(OrderView.Of));
    }
}
