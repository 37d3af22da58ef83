using Catalog.Api.Stock;
using Catalog.Api.Tests.Setup;
using Contracts.Catalog;
using Contracts.Ordering;

namespace Catalog.Api.Tests.Stock;

public sealed class ReserveStockTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogApp App => shared.App;

    [Fact]
    public async Task Placed_WithEnoughStock_HoldsAllLines()
    {
        var (lamp, kite) = (await App.NewProductAsync(stock: 10, Stop), await App.NewProductAsync(stock: 3, Stop));
        var order = Order((lamp, 2), (kite, 3), (lamp, 1));

        await App.Others.PublishAsync(order, Stop);

        var reserved = await App.Others.ReceivesAsync<StockReserved>("catalog.stock-reserved", e => e.OrderId == order.OrderId);
        Assert.InRange(reserved.ExpiresAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(13), TimeSpan.FromMinutes(15));
        Assert.Equal((7, 0), (await App.StockAsync(lamp, Stop), await App.StockAsync(kite, Stop)));
        Assert.Equal(
            new StockLevelChanged(lamp, 7, 2),
            await App.Others.ReceivesAsync<StockLevelChanged>("catalog.stock-level-changed", e => e.ProductId == lamp));
    }

    [Fact]
    public async Task Placed_WithTooLittleOfOneLine_HoldsNothing()
    {
        var (lamp, kite) = (await App.NewProductAsync(stock: 10, Stop), await App.NewProductAsync(stock: 1, Stop));
        var order = Order((lamp, 2), (kite, 2), (987654, 1));

        await App.Others.PublishAsync(order, Stop);

        var rejected = await App.Others.ReceivesAsync<StockRejected>("catalog.stock-rejected", e => e.OrderId == order.OrderId);
        Assert.Equal([new StockShortage(kite, 2, 1), new StockShortage(987654, 1, 0)], rejected.Lines);
        Assert.Equal((10, 1), (await App.StockAsync(lamp, Stop), await App.StockAsync(kite, Stop)));
        Assert.DoesNotContain(App.Others.Received<StockLevelChanged>("catalog.stock-level-changed"), e => e.ProductId == lamp);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public async Task Placed_WithImpossibleQuantity_IsRejected(int quantity)
    {
        var lamp = await App.NewProductAsync(stock: 10, Stop);
        var order = Order((lamp, quantity), (lamp, quantity == int.MaxValue ? quantity : 0));

        await App.Others.PublishAsync(order, Stop);

        await App.Others.ReceivesAsync<StockRejected>("catalog.stock-rejected", e => e.OrderId == order.OrderId);
        Assert.Equal(10, await App.StockAsync(lamp, Stop));
    }

    [Fact]
    public async Task Placed_Discontinued_IsRejected()
    {
        var lamp = await App.NewProductAsync(stock: 10, Stop);
        using (await App.Admin.DeleteAsync($"api/catalog/items/{lamp}", Stop))
        {
        }

        var order = Order((lamp, 1));
        await App.Others.PublishAsync(order, Stop);

        var rejected = await App.Others.ReceivesAsync<StockRejected>("catalog.stock-rejected", e => e.OrderId == order.OrderId);
        Assert.Equal([new StockShortage(lamp, 1, 0)], rejected.Lines);
    }

    [Fact]
    public async Task Placed_PublishedTwice_HoldsOnce()
    {
        var lamp = await App.NewProductAsync(stock: 10, Stop);
        var order = Order((lamp, 4));

        await App.Others.PublishAsync(order, Stop);
        await App.Others.PublishAsync(order, Stop);
        await App.Others.PublishAsync(new OrderPaid(order.OrderId, order.BuyerId, order.Total, "EUR", 2), Stop);

        await Eventually.TrueAsync(async () => await App.HoldStatusAsync(order.OrderId, Stop) == HoldStatus.Paid);
        Assert.Equal(6, await App.StockAsync(lamp, Stop));
        await App.Others.ReceivesAsync<StockReserved>("catalog.stock-reserved", e => e.OrderId == order.OrderId);
        Assert.Single(App.Others.Received<StockReserved>("catalog.stock-reserved"), e => e.OrderId == order.OrderId);
    }

    [Fact]
    public async Task Orders_ByManyAtOnce_NeverHoldMoreThanTheStock()
    {
        const int Stock = 25;
        var (lamp, kite) = (await App.NewProductAsync(Stock, Stop), await App.NewProductAsync(Stock, Stop));

        // The lines are in opposite order, so that locking in their order would deadlock. The stock is enough for a quarter of the orders.
        var orders = Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? Order((lamp, 1), (kite, 1)) : Order((kite, 2), (lamp, 2))).ToList();
        await Task.WhenAll(orders.Select(order => App.Others.PublishAsync(order, Stop)));

        var answered = orders.ToDictionary(order => order.OrderId);
        await Eventually.TrueAsync(
            () => App.Others.Received<StockReserved>("catalog.stock-reserved").Count(e => answered.ContainsKey(e.OrderId))
                + App.Others.Received<StockRejected>("catalog.stock-rejected").Count(e => answered.ContainsKey(e.OrderId)) == orders.Count);

        var sold = App.Others.Received<StockReserved>("catalog.stock-reserved").Where(e => answered.ContainsKey(e.OrderId))
            .Sum(e => answered[e.OrderId].Lines[0].Quantity);
        Assert.InRange(sold, Stock - 1, Stock);
        Assert.Equal((Stock - sold, Stock - sold), (await App.StockAsync(lamp, Stop), await App.StockAsync(kite, Stop)));
        var levels = App.Others.Received<StockLevelChanged>("catalog.stock-level-changed").Where(e => e.ProductId == lamp).ToList();
        Assert.Equal(levels.OrderBy(e => e.Version), levels);
        Assert.All(levels, level => Assert.InRange(level.AvailableStock, 0, Stock));
    }

    internal static OrderPlaced Order(params (int ProductId, int Quantity)[] lines) => new(
        Guid.CreateVersion7(), Guid.NewGuid(), 10m, "EUR",
        [.. lines.Select(line => new OrderLine(line.ProductId, "Thing", 10m, line.Quantity))], 1);
}
