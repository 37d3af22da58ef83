using Contracts.Catalog;
using Contracts.Ordering;
using EventBus;

namespace Ordering.Api.Orders;

/// <summary>There is not enough stock: cancels the order and names the products to the buyer.</summary>
internal sealed class RejectStock(OrderingContext db, TimeProvider clock) : IMessageHandler<StockRejected>
{
    public async Task HandleAsync(StockRejected rejected, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(rejected.OrderId, cancellationToken);

        if (order.Status is OrderStatus.Submitted)
        {
            db.Cancel(order, Explain(order, rejected.Lines), clock.GetUtcNow());
        }
    }

    private static CancelReason Explain(Order order, IReadOnlyList<StockShortage> shortages) => new(
        CancelReasons.OutOfStock, $"Not enough stock: {string.Join("; ", shortages.Select(shortage => Explain(order, shortage)))}.");

    private static string Explain(Order order, StockShortage shortage) =>
        $"{order.NameOf(shortage.ProductId)} ({shortage.Requested} wanted, {(shortage.Available > 0 ? shortage.Available : "none")} left)";
}
