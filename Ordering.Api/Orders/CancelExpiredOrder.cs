using Contracts.Ordering;
using EventBus;

namespace Ordering.Api.Orders;

/// <summary>Cancels an order that waited too long for Catalog or for the payment provider.</summary>
internal sealed class CancelExpiredOrder(OrderingContext db, TimeProvider clock) : IMessageHandler<ExpireOrder>
{
    public async Task HandleAsync(ExpireOrder command, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(command.OrderId, cancellationToken);

        if (order.Status.ToString() == command.ExpectedStatus)
        {
            db.Cancel(order, Explain(order.Status), clock.GetUtcNow());
        }
    }

    private static CancelReason Explain(OrderStatus status) => status is OrderStatus.Submitted
        ? new(CancelReasons.StockTimedOut, "We could not check in time whether everything is in stock.")
        : CancelReason.PaymentTimedOut;
}
