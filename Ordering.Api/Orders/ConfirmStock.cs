using Contracts.Catalog;
using Contracts.Ordering;
using EventBus;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Orders;

/// <summary>The stock is held: the payment is next. For an order cancelled meanwhile nothing follows: OrderCancelled gives the stock back.</summary>
internal sealed class ConfirmStock(OrderingContext db, IOptions<OrderTimeoutOptions> timeouts, TimeProvider time)
    : IMessageHandler<StockReserved>
{
    public async Task HandleAsync(StockReserved reserved, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(reserved.OrderId, cancellationToken);

        if (order.ReserveStock(reserved.ExpiresAt, time.GetUtcNow()) is Transition.Made)
        {
            db.Publish(new OrderStockReserved(order.Id, order.BuyerId, order.Version));
            db.Send(new TakePayment(order.Id, order.Total, order.Currency, order.Card.Token));
            db.Send(new ExpireOrder(order.Id, nameof(OrderStatus.StockReserved)), timeouts.Value.StockReserved);
        }
    }
}
