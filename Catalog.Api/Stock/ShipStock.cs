using Contracts.Ordering;
using EventBus;

namespace Catalog.Api.Stock;

/// <summary>Removes shipped stock from the warehouse and closes the hold.</summary>
public sealed class ShipStock(CatalogContext db) : IMessageHandler<OrderShipped>
{
    public async Task HandleAsync(OrderShipped order, MessageContext context, CancellationToken cancellationToken)
    {
        if (await db.LockHoldAsync(order.OrderId, cancellationToken) is not { IsHeld: true } hold)
        {
            return;
        }

        var products = await db.LockProductsAsync(hold.Lines.Select(line => line.ProductId), cancellationToken);
        foreach (var line in hold.Lines)
        {
            products[line.ProductId].Ship(line.Quantity);
        }

        hold.Status = HoldStatus.Shipped;
    }
}
