using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;

namespace EventBus.Tests.Faults;

/// <summary>Row 17: the broker is down, is killed, or accepts nothing.</summary>
public sealed partial class OperationFaultMatrix
{
    [Fact(Explicit = true)]
    public async Task Row17_BrokerDownAtStart()
    {
        await using var shop = await OpenAsync();
        shop.SalesBroker.Cut();
        shop.StockBroker.Cut();
        var sales = await shop.StartSalesAsync();
        var stock = await shop.StartStockAsync();
        await sales.SellAsync(1, Orders, Steps);
        await sales.HealthBecomesAsync("Degraded", "RabbitMQ cannot be reached");
        await stock.HealthBecomesAsync("Degraded", "RabbitMQ cannot be reached");
        Assert.Equal(0, await shop.Stock.CountEffectsAsync());

        shop.SalesBroker.Mend();
        shop.StockBroker.Mend();
        await sales.HealthBecomesAsync("Healthy");
        await shop.HoldsAsync();
    }

    /// <summary>
    /// Customers order during the whole outage and get answers. The services report why they are degraded, and process the backlog without
    /// manual work.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Row17_BrokerDownForTenMinutes_UnderLoad()
    {
        await using var shop = await OpenAsync();
        var stock = await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, Orders, Steps);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() == Orders * (Steps + 1), "all is well");

        shop.SalesBroker.Cut();
        shop.StockBroker.Cut();
        await sales.HealthBecomesAsync("Degraded", "RabbitMQ cannot be reached");
        await stock.HealthBecomesAsync("Degraded", "RabbitMQ cannot be reached");
        var (sold, slowest) = (0, TimeSpan.Zero);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TenMinutes; sold += 2)
        {
            var asked = Stopwatch.GetTimestamp();
            await sales.SellAsync(1000 + sold, 2, Steps);
            slowest = Stopwatch.GetElapsedTime(asked) is var took && took > slowest ? took : slowest;
            Assert.StartsWith("health Degraded RabbitMQ cannot be reached", await sales.HealthAsync(), StringComparison.Ordinal);
            Assert.StartsWith("health Degraded RabbitMQ cannot be reached", await stock.HealthAsync(), StringComparison.Ordinal);
            await pace.WaitForNextTickAsync(Token);
        }

        var waiting = await shop.Sales.CountWaitingAsync();
        shop.SalesBroker.Mend();
        shop.StockBroker.Mend();
        var mended = Stopwatch.GetTimestamp();
        await sales.HealthBecomesAsync("Healthy");
        await stock.HealthBecomesAsync("Healthy");
        await shop.SettlesAsync(async () => await shop.Sales.CountWaitingAsync() == 0, "the backlog is relayed");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{sold} orders of {Steps} steps, two in {slowest} at most; "
            + $"{waiting} messages waited and left in {Stopwatch.GetElapsedTime(mended)}");
        Assert.Equal(sold * (Steps + 1), waiting);
        Assert.InRange(slowest, TimeSpan.Zero, AnswerOfASale);
        await shop.HoldsAsync();
    }

    [Fact(Explicit = true)]
    public async Task Row17_BrokerKilledUnderLoad()
    {
        var servers = await killable.Servers;
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.BeginToSellAsync(1, 100, 10);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() > 50, "the load is on");
        await servers.KillAsync("messaging", Token);

        await sales.SoldAsync(1);
        await shop.HoldsAsync();
    }

    /// <summary>
    /// The broker blocks publishers: sales continue, the health check has the reason, and afterwards the same connection is used again.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Row17_MemoryAlarm()
    {
        var servers = await killable.Servers;
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, 1, 1);
        await servers.ControlBrokerAsync(["set_vm_memory_high_watermark", "0.0000001"], Token);
        try
        {
            await sales.SellAsync(2, Orders, Steps);
            await sales.HealthBecomesAsync("Degraded", "blocks the connection to publish");

            // Longer than the bus's time-out for a confirm and the broker's time-out for a heartbeat.
            await Task.Delay(LongerThanHeartbeats, TimeProvider.System, Token);
            Assert.Contains("blocks the connection to publish", await sales.HealthAsync(), StringComparison.Ordinal);
            Assert.NotEqual(0, await shop.Sales.CountWaitingAsync());
        }
        finally
        {
            await servers.ControlBrokerAsync(["set_vm_memory_high_watermark", "0.4"], CancellationToken.None);
        }

        await sales.HealthBecomesAsync("Healthy");
        Assert.DoesNotContain("is lost", sales.Log, StringComparison.Ordinal);
        await shop.HoldsAsync();
    }

    [Fact(Explicit = true)]
    public async Task Row17_MemoryAlarm_IsMeasured_AndConsumersGoOn()
    {
        var servers = await killable.Servers;
        var blocked = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "eventbus.connection.blocked")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => blocked = Math.Max(blocked, value));
        listener.Start();

        var plan = new ServicePlan
        {
            Name = "Shop.Api",
            Declare = bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(),
            RabbitMq = await servers.CreateVirtualHostAsync(Token),
            Postgres = await servers.CreateDatabaseAsync(Token),
        };
        await using var shop = await Service.StartAsync(plan);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shop.Ledger.OnHandling = (_, token) => first.Task.WaitAsync(token);
        await shop.PublishAsync([.. Enumerable.Range(1, 50).Select(i => new ItemSold(i, i))]);
        await shop.OutboxIsEmptyAsync();
        await servers.ControlBrokerAsync(["set_vm_memory_high_watermark", "0.0000001"], Token);
        try
        {
            await shop.PublishAsync(new ItemSold(100, 100));
            await Eventually.TrueAsync(() => MeasureAsync(1), "the gauge says 1");
            first.SetResult();
            await shop.HasEffectsAsync(50);
        }
        finally
        {
            await servers.ControlBrokerAsync(["set_vm_memory_high_watermark", "0.4"], CancellationToken.None);
        }

        await shop.HasEffectsAsync(51);
        await Eventually.TrueAsync(() => MeasureAsync(0), "the gauge says 0");

        Task<bool> MeasureAsync(long expected)
        {
            blocked = 0;
            listener.RecordObservableInstruments();
            return Task.FromResult(blocked == expected);
        }
    }
}
