using Catalog.Api.Items;
using Contracts.Catalog;
using Contracts.Ordering;
using EventBus;
using Microsoft.Extensions.Options;

namespace Catalog.Api.Stock;

/// <summary>Holds all lines of a placed order, or none.</summary>
public sealed class ReserveStock(CatalogContext db, IOptions<CatalogOptions> options, TimeProvider clock) : IMessageHandler<OrderPlaced>
{
    public async Task HandleAsync(OrderPlaced order, MessageContext context, CancellationToken cancellationToken)
    {
        // Handled already, or the cancellation arrived before this message.
        if (await db.LockHoldAsync(order.OrderId, cancellationToken) is not null)
        {
            return;
        }

        var wanted = order.Lines
            .GroupBy(line => line.ProductId, (id, lines) => new HoldLine { ProductId = id, Quantity = Sum(lines) })
            .OrderBy(line => line.ProductId)
            .ToList();
        var products = await db.LockProductsAsync(wanted.Select(line => line.ProductId), cancellationToken);
        var shortages = wanted.Select(line => ShortageOf(line, products.GetValueOrDefault(line.ProductId)))
            .OfType<StockShortage>().ToList();

        if (wanted.Count == 0 || shortages.Count > 0)
        {
            db.Holds.Add(Hold.Refused(order.OrderId, clock.GetUtcNow()));
            db.Publish(new StockRejected(order.OrderId, shortages));
            return;
        }

        var expiresAt = clock.GetUtcNow() + options.Value.HoldDuration;
        db.Holds.Add(new Hold { OrderId = order.OrderId, Status = HoldStatus.Held, ExpiresAt = expiresAt, Lines = wanted });
        foreach (var line in wanted)
        {
            db.Publish(products[line.ProductId].Reserve(line.Quantity));
        }

        db.Publish(new StockReserved(order.OrderId, expiresAt));
    }

    private static StockShortage? ShortageOf(HoldLine line, Product? product)
    {
        var available = product?.AvailableStock ?? 0;
        return line.Quantity > 0 && line.Quantity <= available ? null : new StockShortage(line.ProductId, line.Quantity, available);
    }

    private static int Sum(IEnumerable<OrderLine> lines) =>
        (int)Math.Clamp(lines.Sum(line => (long)line.Quantity), int.MinValue, int.MaxValue);
}
