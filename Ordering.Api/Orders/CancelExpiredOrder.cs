using Contracts.Ordering;
using EventBus;

namespace Ordering.Api.Orders;

/// <summary>Cancels an order that the world left waiting for too long.</summary>
internal sealed class CancelExpiredOrder(OrderingContext db, TimeProvider time) : IMessageHandler<ExpireOrder>
{
    public async Task HandleAsync(ExpireOrder command, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(command.OrderId, cancellationToken);

        if (order.Status.ToString() == command.ExpectedStatus)
        {
            db.Cancel(order, Explain(order.Status), time.GetUtcNow());
        }
    }

    private static string Explain(OrderStatus status) => status is OrderStatus.Submitted
        ? "The stock could not be confirmed in time."
        : "The payment could not be taken in time.";
}
