using Catalog.Api.Sales;
using Contracts.Ordering;
using EventBus;

namespace Catalog.Api.Stock;

/// <summary>Keeps the stock of a paid order held until the order is shipped or cancelled, and counts it as sold.</summary>
public sealed partial class KeepPaidStock(CatalogContext db, ILogger<KeepPaidStock> logger) : IMessageHandler<OrderPaid>
{
    public async Task HandleAsync(OrderPaid order, MessageContext context, CancellationToken cancellationToken)
    {
        var hold = await db.LockHoldAsync(order.OrderId, cancellationToken);
        switch (hold?.Status)
        {
            case HoldStatus.Held:
                hold.Status = HoldStatus.Paid;
                await db.CountSoldAsync(hold, cancellationToken);
                break;
            case HoldStatus.Expired:
                await HoldAgainAsync(hold, cancellationToken);
                break;
            case null:
                LogPaidWithoutHold(order.OrderId);
                break;
        }
    }

    // Ordering stops waiting for a payment before the hold expires. A payment after that was delayed by a long outage.
    private async Task HoldAgainAsync(Hold hold, CancellationToken cancellationToken)
    {
        var products = await db.LockProductsAsync(hold.Lines.Select(line => line.ProductId), cancellationToken);
        if (hold.Lines.Any(line => products[line.ProductId].AvailableStock < line.Quantity))
        {
            LogPaidAfterExpiry(hold.OrderId);
            return;
        }

        hold.Status = HoldStatus.Paid;
        await db.CountSoldAsync(hold, cancellationToken);
        foreach (var line in hold.Lines)
        {
            db.Publish(products[line.ProductId].Reserve(line.Quantity));
        }
    }
}
