using Catalog.Api.Sales;
using Contracts.Ordering;
using EventBus;

namespace Catalog.Api.Stock;

/// <summary>Removes shipped stock from the warehouse and closes the hold.</summary>
public sealed class ShipStock(CatalogContext db) : IMessageHandler<OrderShipped>
{
    public async Task HandleAsync(OrderShipped order, MessageContext context, CancellationToken cancellationToken)
    {
        if (await db.LockHoldAsync(order.OrderId, cancellationToken) is not { } hold || !(hold.IsHeld || hold.Status is HoldStatus.Expired))
        {
            return;
        }

        var products = await db.LockProductsAsync(hold.Lines.Select(line => line.ProductId), cancellationToken);
        foreach (var line in hold.Lines)
        {
            if (hold.IsHeld)
            {
                products[line.ProductId].Ship(line.Quantity);
            }
            else
            {
                // Paid after the hold had expired and the stock was sold; shipped when there was stock again.
                db.Publish(products[line.ProductId].ShipUnheld(line.Quantity));
            }
        }

        if (hold.Status is HoldStatus.Expired)
        {
            await db.CountSoldAsync(hold, cancellationToken);
        }

        hold.Status = HoldStatus.Shipped;
    }
}
