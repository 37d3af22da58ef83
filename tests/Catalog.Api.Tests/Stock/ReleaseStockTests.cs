using System.Net.Http.Json;
using Catalog.Api.Stock;
using Catalog.Api.Tests.Setup;
using Contracts.Catalog;
using Contracts.Ordering;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Tests.Stock;

public sealed class ReleaseStockTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogApp App => shared.App;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelled_ReleasesTheStock(bool paid)
    {
        var lamp = await App.NewProductAsync(stock: 10, Stop);
        var order = await HeldAsync(lamp, 4);
        if (paid)
        {
            await App.Others.PublishAsync(new OrderPaid(order.OrderId, order.BuyerId, order.Total, "EUR", 2), Stop);
        }

        await App.Others.PublishAsync(
            new OrderCancelled(order.OrderId, order.BuyerId, CancelReasons.CancelledByBuyer, "Changed my mind.", 3), Stop);
        await App.Others.PublishAsync(
            new OrderCancelled(order.OrderId, order.BuyerId, CancelReasons.CancelledByBuyer, "Changed my mind.", 4), Stop);

        await Eventually.TrueAsync(async () => await App.StockAsync(lamp, Stop) == 10);
        Assert.Equal(HoldStatus.Cancelled, await App.HoldStatusAsync(order.OrderId, Stop));
        await App.Others.ReceivesAsync<StockLevelChanged>("catalog.stock-level-changed", e => e == new StockLevelChanged(lamp, 10, 3));
    }

    [Fact]
    public async Task Cancelled_BeforeItWasPlaced_NeverHolds()
    {
        var lamp = await App.NewProductAsync(stock: 10, Stop);
        var order = ReserveStockTests.Order((lamp, 4));

        await App.Others.PublishAsync(
            new OrderCancelled(order.OrderId, order.BuyerId, CancelReasons.CancelledByBuyer, "Too fast.", 2), Stop);
        await Eventually.TrueAsync(async () => await App.HoldStatusAsync(order.OrderId, Stop) == HoldStatus.Cancelled);
        await App.Others.PublishAsync(order, Stop);

        // The answer to a later order of the same product shows that the first one has been handled.
        var next = await HeldAsync(lamp, 1);
        Assert.Equal(9, await App.StockAsync(lamp, Stop));
        Assert.Equal(HoldStatus.Held, await App.HoldStatusAsync(next.OrderId, Stop));
        Assert.Equal(HoldStatus.Cancelled, await App.HoldStatusAsync(order.OrderId, Stop));
    }

    [Fact]
    public async Task Shipped_LeavesTheWarehouse()
    {
        var lamp = await App.NewProductAsync(stock: 10, Stop);
        var order = await HeldAsync(lamp, 4);

        await App.Others.PublishAsync(new OrderPaid(order.OrderId, order.BuyerId, order.Total, "EUR", 2), Stop);
        await App.Others.PublishAsync(new OrderShipped(order.OrderId, order.BuyerId, 3), Stop);

        await Eventually.TrueAsync(async () => await App.HoldStatusAsync(order.OrderId, Stop) == HoldStatus.Shipped);
        var (onHand, held) = await App.QueryAsync(async db =>
        {
            var product = await db.Products.AsNoTracking().SingleAsync(p => p.Id == lamp, Stop);
            return (product.OnHand, product.Reserved);
        });
        Assert.Equal((6, 0), (onHand, held));
        Assert.Equal(6, await App.StockAsync(lamp, Stop));
    }

    [Fact]
    public async Task Restocked_WhileHeld_KeepsTheHold()
    {
        var lamp = await App.NewProductAsync(stock: 10, Stop);
        var order = await HeldAsync(lamp, 4);

        using var response = await App.Admin.PutAsJsonAsync(
            $"api/catalog/items/{lamp}", CatalogApp.Body("Restocked", stock: 50), Stop);
        Assert.True(response.IsSuccessStatusCode);
        await App.Others.PublishAsync(
            new OrderCancelled(order.OrderId, order.BuyerId, CancelReasons.CancelledByBuyer, "Changed my mind.", 2), Stop);

        await Eventually.TrueAsync(async () => await App.StockAsync(lamp, Stop) == 54);
    }

    private async Task<OrderPlaced> HeldAsync(int product, int quantity)
    {
        var order = ReserveStockTests.Order((product, quantity));
        await App.Others.PublishAsync(order, Stop);
        await App.Others.ReceivesAsync<StockReserved>("catalog.stock-reserved", e => e.OrderId == order.OrderId);
        return order;
    }
}
