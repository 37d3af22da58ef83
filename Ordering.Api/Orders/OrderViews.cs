using Contracts.Ordering;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

internal static class OrderViews
{
    public static OrderView ToView(this Order order) => new(
        order.Id,
        order.Status.ToString(),
        order.Total,
        order.Currency,
        [.. order.Lines.Select(line => new OrderedLine(line.ProductId, line.ProductName, line.UnitPrice, line.Quantity))],
        [.. order.Timeline.Select(step => new OrderStepView(step.Status.ToString(), step.At, step.Reason))]);

    /// <summary>Reads one page of the orders, which come sorted.</summary>
    public static async Task<OrderPage> ToPageAsync(this IQueryable<Order> orders, Paging paging, CancellationToken cancellationToken)
    {
        var count = await orders.LongCountAsync(cancellationToken);
        var page = await orders
            .Skip(paging.PageIndex * paging.PageSize)
            .Take(paging.PageSize)
            .ToListAsync(cancellationToken);

        return new OrderPage(paging.PageIndex, paging.PageSize, count, [.. page.Select(ToView)]);
    }
}
