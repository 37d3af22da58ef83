using Contracts.Catalog;
using EventBus;

namespace Ordering.Api.Orders;

/// <summary>There is not enough stock: the order ends here, and the buyer learns which products were short.</summary>
internal sealed class RejectStock(OrderingContext db, TimeProvider time) : IMessageHandler<StockRejected>
{
    public async Task HandleAsync(StockRejected rejected, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(rejected.OrderId, cancellationToken);

        if (order.Status is OrderStatus.Submitted)
        {
            db.Cancel(order, Explain(order, rejected.Lines), time.GetUtcNow());
        }
    }

    private static string Explain(Order order, IReadOnlyList<StockShortage> shortages) =>
        $"Not enough stock: {string.Join("; ", shortages.Select(shortage => Explain(order, shortage)))}.";

    private static string Explain(Order order, StockShortage shortage) =>
        $"{order.NameOf(shortage.ProductId)} ({shortage.Requested} wanted, {(shortage.Available > 0 ? shortage.Available : "none")} left)";
}
