using Contracts.Basket;
using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ordering.Api.Buyers;

namespace Ordering.Api.Orders;

/// <summary>Turns a checked-out basket into an order. A repeated message with the same order id changes nothing.</summary>
internal sealed class PlaceOrder(OrderingContext db, IOptions<OrderTimeoutOptions> timeouts, TimeProvider clock)
    : IMessageHandler<BasketCheckedOut>
{
    public async Task HandleAsync(BasketCheckedOut checkout, MessageContext context, CancellationToken cancellationToken)
    {
        if (await db.Orders.AnyAsync(order => order.Id == checkout.OrderId, cancellationToken))
        {
            return;
        }

        var buyerId = await db.FindOrAddBuyerAsync(checkout, cancellationToken);
        var order = Order.Place(checkout, buyerId, await TakeNumberAsync(cancellationToken), clock.GetUtcNow());
        db.Orders.Add(order);

        db.Publish(new OrderPlaced(
            order.Id,
            order.BuyerId,
            order.Total,
            order.Currency,
            order.Lines,
            order.Version,
            OrderNumber.Format(order.Number)));
        db.Send(new ExpireOrder(order.Id, nameof(OrderStatus.Submitted)), timeouts.Value.Submitted);
    }

    // Not a default of the column: the number is needed for the event, before the order is stored.
    private async Task<int> TakeNumberAsync(CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<int>($"select nextval('order_numbers')::int").ToListAsync(cancellationToken)).Single();
}
