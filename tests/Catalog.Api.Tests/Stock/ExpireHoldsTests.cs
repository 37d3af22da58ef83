using Catalog.Api.Sales;
using Catalog.Api.Stock;
using Catalog.Api.Tests.Setup;
using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Catalog.Api.Tests.Stock;

/// <summary>Uses a clock that only the test advances. The service's own sweep runs once an hour.</summary>
public sealed class ExpireHoldsTests(SharedApp shared) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private CatalogApp _app = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _app = await CatalogApp.StartAsync(
            shared.Servers, [("Catalog:HoldSweepInterval", "01:00:00"), ("Catalog:HoldDuration", "00:10:00")], Stop);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Hold_IsReleasedOnceWhenItExpires()
    {
        var product = await _app.NewProductAsync(stock: 10, Stop);
        var order = await PlaceAsync(product, 3);

        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await SweepAsync());
        Assert.Equal(7, await _app.StockAsync(product, Stop));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await SweepAsync());
        Assert.Equal(0, await SweepAsync());
        Assert.Equal(10, await _app.StockAsync(product, Stop));
        Assert.Equal(HoldStatus.Expired, await _app.HoldStatusAsync(order.OrderId, Stop));
    }

    [Fact]
    public async Task Hold_OfAPaidOrder_NeverExpires()
    {
        var product = await _app.NewProductAsync(stock: 10, Stop);
        var order = await PlaceAsync(product, 3);
        await PayAsync(order);

        _clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(0, await SweepAsync());
        Assert.Equal(7, await _app.StockAsync(product, Stop));
    }

    [Fact]
    public async Task Hold_PaidAfterItExpired_IsHeldAgainIfTheStockIsEnough()
    {
        var product = await _app.NewProductAsync(stock: 5, Stop);
        var (first, second) = (await PlaceAsync(product, 3), await PlaceAsync(product, 2));
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(2, await SweepAsync());
        await PlaceAsync(product, 3);

        await PayAsync(second);
        await PayAsync(first);

        Assert.Equal(HoldStatus.Paid, await _app.HoldStatusAsync(second.OrderId, Stop));
        Assert.Equal(HoldStatus.Expired, await _app.HoldStatusAsync(first.OrderId, Stop));
        Assert.Equal(0, await _app.StockAsync(product, Stop));
    }

    [Fact]
    public async Task Order_ShippedAfterItsHoldExpired_TakesItsStock_AndLeavesWhatOthersHold()
    {
        var product = await _app.NewProductAsync(stock: 5, Stop);
        var late = await PlaceAsync(product, 4);
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, await SweepAsync());
        var other = await PlaceAsync(product, 3);
        await PayAsync(late);
        Assert.Equal(2, await _app.StockAsync(product, Stop));

        await ShipAsync(late);

        Assert.Equal(HoldStatus.Shipped, await _app.HoldStatusAsync(late.OrderId, Stop));
        Assert.Equal(0, await _app.StockAsync(product, Stop));
        Assert.Equal(3, await _app.QueryAsync(db => db.Products.Where(p => p.Id == product).Select(p => p.OnHand).SingleAsync(Stop)));
        Assert.Equal(4, await _app.QueryAsync(
            db => db.Set<ProductSales>().Where(s => s.ProductId == product).Select(s => s.Sold).SingleAsync(Stop)));

        await ShipAsync(other);
        Assert.Equal(0, await _app.QueryAsync(db => db.Products.Where(p => p.Id == product).Select(p => p.OnHand).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Sweep_OfSeveralBatchesByTwoReplicas_ReleasesEachHoldOnce()
    {
        var product = await _app.NewProductAsync(stock: 120, Stop);
        for (var i = 0; i < 120; i++)
        {
            await PlaceAsync(product, 1);
        }

        _clock.Advance(TimeSpan.FromMinutes(11));
        var released = await Task.WhenAll(SweepAsync(), SweepAsync());

        // One replica may have stopped early at rows that the other had locked.
        Assert.Equal(120, released.Sum() + await SweepAsync());
        Assert.Equal(120, await _app.StockAsync(product, Stop));
    }

    private async Task<OrderPlaced> PlaceAsync(int product, int quantity)
    {
        var order = ReserveStockTests.Order((product, quantity));
        await HandleAsync(order, db => new ReserveStock(db, _app.Factory.Services.GetRequiredService<IOptions<CatalogOptions>>(), _clock));
        return order;
    }

    private Task<bool> PayAsync(OrderPlaced order) => HandleAsync(
        new OrderPaid(order.OrderId, order.BuyerId, order.Total, "EUR", 2),
        db => new KeepPaidStock(db, NullLogger<KeepPaidStock>.Instance));

    private Task<bool> ShipAsync(OrderPlaced order) => HandleAsync(
        new OrderShipped(order.OrderId, order.BuyerId, 3), db => new ShipStock(db));

    private async Task<int> SweepAsync()
    {
        var services = _app.Factory.Services;
        using var sweep = new ExpireHolds(
            services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<IOptions<CatalogOptions>>(), _clock,
            NullLogger<ExpireHolds>.Instance);
        return await sweep.SweepAsync(Stop);
    }

    // In a committed transaction, as the bus does.
    private Task<bool> HandleAsync<TMessage>(TMessage message, Func<CatalogContext, IMessageHandler<TMessage>> create) =>
        _app.QueryAsync(db =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            var context = new MessageContext
            {
                MessageId = Guid.NewGuid(),
                Type = "",
                CorrelationId = "",
                Key = "",
                Version = 1,
                CreatedAt = _clock.GetUtcNow(),
                Attempt = 1,
            };
            await create(db).HandleAsync(message, context, Stop);
            await db.SaveChangesAsync(Stop);
            await transaction.CommitAsync(Stop);
            return true;
        }));
}
