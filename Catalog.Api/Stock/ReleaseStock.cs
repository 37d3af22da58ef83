using Catalog.Api.Sales;
using Contracts.Ordering;
using EventBus;

namespace Catalog.Api.Stock;

/// <summary>Releases the stock of a cancelled order.</summary>
public sealed class ReleaseStock(CatalogContext db, TimeProvider clock) : IMessageHandler<OrderCancelled>
{
    public async Task HandleAsync(OrderCancelled order, MessageContext context, CancellationToken cancellationToken)
    {
        var hold = await db.LockHoldAsync(order.OrderId, cancellationToken);
        if (hold is null)
        {
            db.Holds.Add(Hold.CancelledInAdvance(order.OrderId, clock.GetUtcNow()));
        }
        else if (hold.IsHeld)
        {
            var wasSold = hold.Status is HoldStatus.Paid;
            await db.ReleaseAsync([hold], HoldStatus.Cancelled, cancellationToken);
            if (wasSold)
            {
                await db.CountReturnedAsync(hold, cancellationToken);
            }
        }
        else if (hold.Status is HoldStatus.Expired)
        {
            hold.Status = HoldStatus.Cancelled;
        }
    }
}
