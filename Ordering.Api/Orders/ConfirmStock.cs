using Contracts.Catalog;
using Contracts.Ordering;
using EventBus;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Orders;

/// <summary>
/// The stock is reserved: take the payment. An order that was cancelled in between stays as it is: Catalog releases the stock on
/// OrderCancelled.
/// </summary>
internal sealed class ConfirmStock(OrderingContext db, IOptions<OrderTimeoutOptions> timeouts, TimeProvider clock)
    : IMessageHandler<StockReserved>
{
    public async Task HandleAsync(StockReserved reserved, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(reserved.OrderId, cancellationToken);

        if (order.ReserveStock(reserved.ExpiresAt, clock.GetUtcNow()) is Transition.Made)
        {
            db.Publish(new OrderStockReserved(order.Id, order.BuyerId, order.Version));
            db.Send(new TakePayment(order.Id, order.Total, order.Currency, order.Card.Token));
            db.Send(new ExpireOrder(order.Id, nameof(OrderStatus.StockReserved)), timeouts.Value.StockReserved);
        }
    }
}
