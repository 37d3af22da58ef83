using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using EventBus.Outbox;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Npgsql;
using RabbitMQ.Client;

namespace EventBus.Tests.Faults;

/// <summary>Rows 17 to 22: outages, people and time.</summary>
public sealed partial class LongFaultMatrix
{
    [Fact(Explicit = true)]
    public async Task Row17_BrokerDownAtStart_AndForHalfAMinute()
    {
        await using var shop = await FaultedShop.OpenAsync(await killable.Servers);
        shop.SalesBroker.Cut();
        shop.StockBroker.Cut();
        var sales = await shop.StartSalesAsync();
        var stock = await shop.StartStockAsync();
        await sales.SellAsync(1, Orders, Steps);
        await sales.HealthBecomesAsync("Degraded", "RabbitMQ cannot be reached");
        await stock.HealthBecomesAsync("Degraded", "RabbitMQ cannot be reached");
        Assert.Equal(0, await shop.StockEffectsAsync());
        shop.SalesBroker.Mend();
        shop.StockBroker.Mend();
        await sales.HealthBecomesAsync("Healthy");

        shop.SalesBroker.Cut();
        shop.StockBroker.Cut();
        for (var second = 0; second < 30; second++)
        {
            await sales.SellAsync(100 + second, 1, Steps);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Token);
        }

        shop.SalesBroker.Mend();
        shop.StockBroker.Mend();
        await sales.HealthBecomesAsync("Healthy");
        await stock.HealthBecomesAsync("Healthy");
        await shop.HoldsAsync();
    }

    [Fact(Explicit = true)]
    public async Task Row17_BrokerKilledUnderLoad()
    {
        var servers = await killable.Servers;
        await using var shop = await FaultedShop.OpenAsync(servers);
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.BeginToSellAsync(1, 100, 10);
        await shop.SettlesAsync(async () => await shop.StockEffectsAsync() > 50, "the load is on");
        await servers.KillAsync("messaging", Token);

        await sales.SoldAsync(1);
        await shop.HoldsAsync();
    }

    /// <summary>The broker takes nothing and says so: sales go on, health tells why, and the same connection carries on afterwards.</summary>
    [Fact(Explicit = true)]
    public async Task Row17_MemoryAlarm()
    {
        var servers = await killable.Servers;
        await using var shop = await FaultedShop.OpenAsync(servers);
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, 1, 1);
        await servers.ControlBrokerAsync(["set_vm_memory_high_watermark", "0.0000001"], Token);
        try
        {
            await sales.SellAsync(2, Orders, Steps);
            await sales.HealthBecomesAsync("Degraded", "blocks the connection to publish");

            // Longer than the bus waits for a confirm, and than the broker for a heartbeat.
            await Task.Delay(LongerThanHeartbeats, TimeProvider.System, Token);
            Assert.Contains("blocks the connection to publish", await sales.HealthAsync(), StringComparison.Ordinal);
            Assert.NotEqual(0, await shop.SalesOutboxAsync());
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

    /// <summary>Somebody deletes exchanges and a binding under load. (Queues and wrong arguments: RabbitTopologyTests.)</summary>
    [Fact(Explicit = true)]
    public async Task Row18_ExchangesAndBindingDeleted()
    {
        await using var shop = await FaultedShop.OpenAsync(await killable.Servers);
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await using var stranger = await shop.OpenBrokerAsync();
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await sales.BeginToSellAsync(1, 100, 10);
        await shop.SettlesAsync(async () => await shop.StockEffectsAsync() > 50, "the load is on");
        await channel.ExchangeDeleteAsync("events", cancellationToken: Token);
        await shop.SettlesAsync(async () => await shop.StockEffectsAsync() > 400, "it goes on");
        await channel.ExchangeDeleteAsync("commands", cancellationToken: Token);
        await channel.QueueUnbindAsync("stock-api", "events", "bus-probe.order-changed", cancellationToken: Token);

        await sales.SoldAsync(1);
        await shop.HoldsAsync();
    }

    /// <summary>What nobody can read is put aside with its reason; what is merely newer is read; the rest flows.</summary>
    [Fact(Explicit = true)]
    public async Task Row19_UnknownType_BadJson_NewerSchema()
    {
        await using var shop = await FaultedShop.OpenAsync(await killable.Servers);
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await using var stranger = await shop.OpenBrokerAsync();
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await PutAsync("bus-probe.from-the-future", """{"orderId":1}""");
        await PutAsync("bus-probe.order-changed", "{ not json");
        await PutAsync("bus-probe.order-changed", """{"version":1}""");
        await sales.SellAsync(1, Orders, Steps);
        await shop.SettlesAsync(async () => await shop.SalesOutboxAsync() == 0, "all are on the broker");

        await using (var database = await shop.OpenSalesDatabaseAsync())
        await using (var told = new NpgsqlCommand($"insert into told (\"OrderId\", \"Version\") values (1, {Steps + 1})", database))
        {
            await told.ExecuteNonQueryAsync(Token);
        }

        await PutAsync("bus-probe.order-changed", $$"""{"orderId":1,"version":{{Steps + 1}},"note":"a member of tomorrow"}""");
        await shop.SettlesAsync(async () => await shop.ReadyAsync("stock-api.dead-letter") == 3, "three dead letters");
        await shop.SettlesAsync(async () => await shop.StockEffectsAsync() == (Orders * Steps) + Orders + 1, "the newer one had its effect");
        await channel.QueuePurgeAsync("stock-api.dead-letter", Token);
        await shop.HoldsAsync();

        async Task PutAsync(string type, string body) => await channel.BasicPublishAsync(
            "",
            "stock-api",
            mandatory: true,
            new BasicProperties { MessageId = $"{Guid.NewGuid()}", Type = type, CorrelationId = "1", Headers = new Dictionary<string, object?> { ["key"] = "1" } },
            Encoding.UTF8.GetBytes(body),
            Token);
    }

    /// <summary>A transaction that began before keeps every dead row of the outbox: the relay must not walk over all of them for each batch.</summary>
    [Fact(Explicit = true)]
    public async Task Row20_LongTransactionPinsTheOutbox()
    {
        const int Rows = 20_000;
        await using var shop = await FaultedShop.OpenAsync(await killable.Servers);
        await shop.StartSalesAsync();
        await RelayAsync(Rows);
        var free = await RelayAsync(Rows);

        await using var reader = await shop.OpenSalesDatabaseAsync();
        await using var transaction = await reader.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Token);
        await using var snapshot = new NpgsqlCommand("select count(*) from told", reader, transaction);
        await snapshot.ExecuteScalarAsync(Token);
        var pinned = TimeSpan.Zero;
        for (var round = 0; round < 4; round++)
        {
            pinned = await RelayAsync(Rows);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Rows} messages: {free} free, {pinned} after {5 * Rows} dead rows");
        Assert.InRange(pinned, TimeSpan.Zero, free * 2);

        async Task<TimeSpan> RelayAsync(int rows)
        {
            await using var database = await shop.OpenSalesDatabaseAsync();
            await using (var writer = await database.BeginBinaryImportAsync(
                "copy messaging.outbox (partition, message_id, type, kind, key, version, correlation_id, content, created_at) from stdin (format binary)", Token))
            {
                for (var i = 0; i < rows; i++)
                {
                    var key = $"{i % 1000}";
                    await writer.WriteRowAsync(
                        Token, Partition.Of(key), Guid.CreateVersion7(), "bus-probe.order-changed", (short)0, key, 0L, key,
                        Encoding.UTF8.GetBytes($$"""{"orderId":{{key}},"version":{{i}}}"""), DateTime.UnixEpoch);
                }

                await writer.CompleteAsync(Token);
            }

            var started = Stopwatch.GetTimestamp();
            await shop.SettlesAsync(async () => await shop.SalesOutboxAsync() == 0, "all are relayed");
            return Stopwatch.GetElapsedTime(started);
        }
    }

    [Fact(Explicit = true)]
    public async Task Row21_OneToThreeToOneReplicas_UnderLoad()
    {
        await using var shop = await FaultedShop.OpenAsync(await killable.Servers);
        var stock = new List<Probe> { await shop.StartStockAsync() };
        var sales = new List<Probe> { await shop.StartSalesAsync() };
        await sales[0].BeginToSellAsync(1, 100, 20);
        sales.Add(await shop.StartSalesAsync());
        await sales[1].BeginToSellAsync(1000, 100, 20);
        stock.Add(await shop.StartStockAsync());
        stock.Add(await shop.StartStockAsync());

        // The one that receives dies; the next is stopped, also under load; the last one is left.
        await shop.SettlesAsync(async () => await shop.StockEffectsAsync() > 200, "the load is on");
        stock[0].Kill();
        await shop.SettlesAsync(async () => await shop.StockEffectsAsync() > 800, "another goes on");
        Assert.Equal(0, await stock[1].TerminateAsync());
        await sales[0].SoldAsync(1);
        sales[0].Kill();
        await sales[1].SoldAsync(1000);

        await shop.HoldsAsync();
    }

    [Fact(Explicit = true)]
    public async Task Row22_ClockJumpsByAnHour_ForthAndBack()
    {
        await using var shop = await FaultedShop.OpenAsync(await killable.Servers);
        var stock = await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await stock.AskAsync("poison 3", "armed");
        await sales.SellAsync(1, Orders, Steps);
        foreach (var minutes in new[] { 60, -120, 60 })
        {
            await sales.AskAsync($"jump {minutes}", "jumped");
            await stock.AskAsync($"jump {minutes}", "jumped");
            await sales.SellAsync(1000 + minutes, Orders, Steps);
        }

        await shop.SettlesAsync(
            async () => await shop.DeadLettersAsync() == Steps + 1, "the poison is put aside");
        await stock.TellAsync("heal");
        await stock.AskAsync("replay stock-api", $"replayed {Steps}");
        await stock.AskAsync("replay bus-probe.charge-order", "replayed 1");
        await shop.HoldsAsync();
    }
}
