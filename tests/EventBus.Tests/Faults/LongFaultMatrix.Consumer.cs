using System.Diagnostics;
using EventBus.Tests.Faults.Rig;
using RabbitMQ.Client;

namespace EventBus.Tests.Faults;

/// <summary>Rows 9 to 16: from the delivery to the acknowledgement, and the handling of failed messages.</summary>
public abstract partial class LongFaultMatrix
{
    [Fact(Explicit = true)]
    public Task Row09_Delivered_BeforeTheInbox_BrokerKilled() => ConsumerHaltsAsync(CrashPoints.Received, _ => "messaging");

    [Fact(Explicit = true)]
    public Task Row10_HandlerDone_BeforeTheCommit_StoreKilled() => ConsumerHaltsAsync(CrashPoints.Handled, shop => shop.Stock.Server);

    [Fact(Explicit = true)]
    public Task Row11_Committed_BeforeTheAcknowledgement_BrokerKilled() => ConsumerHaltsAsync(CrashPoints.Committed, _ => "messaging");

    /// <summary>Each command lies in the queue three times, and two replicas take the copies side by side.</summary>
    [Fact(Explicit = true)]
    public async Task Row12_CopiesAtTheSameTime()
    {
        await using var shop = await OpenAsync();
        var sales = await shop.StartSalesAsync();
        await using var stranger = await shop.OpenBrokerAsync();
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await sales.HealthBecomesAsync("Healthy");
        await TapAsync(channel, "commands", "bus-probe.charge-order");
        await sales.SellAsync(1, 40, 1);
        await Eventually.TrueAsync(async () => await channel.MessageCountAsync("tap", Token) == 40, "every command is on the broker");
        while (await channel.BasicGetAsync("tap", autoAck: true, Token) is { } copy)
        {
            await PutAsync(channel, "bus-probe.charge-order", copy);
            await PutAsync(channel, "bus-probe.charge-order", copy);
        }

        var replicas = new[] { await shop.StartStockAsync(), await shop.StartStockAsync() };
        await Task.WhenAll(replicas.Select(replica => replica.AskAsync("delay 50", "armed")));
        await shop.HoldsAsync();
    }

    /// <summary>One order of fifty is poison, in batches of fifty: all others are through while it is still being tried.</summary>
    [Fact(Explicit = true)]
    public async Task Row13_PoisonInABatch()
    {
        await using var shop = await OpenAsync();
        shop.Settings["Probe__InBatches"] = "true";
        shop.Settings["Probe__RetryDelays__0"] = "00:00:20";
        shop.Settings.Remove("Probe__RetryDelays__1");
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, 50, 10);
        var stock = await shop.StartStockAsync();
        await stock.AskAsync("poison 13", "armed");

        await Eventually.TrueAsync(
            async () => (await shop.Stock.ReadAsync()).Effects.Count(done => done.OrderId != 13) == 49 * 11, "all others had their effect",
            TimeSpan.FromSeconds(19));
        Assert.Equal(0, await shop.DeadLettersAsync("stock-api"));
        var lucky = (await shop.Stock.ReadAsync()).Effects.Count(done => done.OrderId == 13);
        await shop.HoldsAsync(poison: 11 - lucky);
    }

    /// <summary>The failed message is in its retry queue and the original not acknowledged: two of it, one effect.</summary>
    [Fact(Explicit = true)]
    public Task Row14_MovedToRetry_BeforeTheAcknowledgement_Killed() => MoveHaltsAsync(async (stock, _) =>
    {
        stock.Kill();
        await stock.DiedAsync();
    });

    [Fact(Explicit = true)]
    public Task Row14_MovedToRetry_BeforeTheAcknowledgement_BrokerKilled() =>
        MoveHaltsAsync((_, servers) => servers.KillAsync("messaging", Token));

    /// <summary>The same on the way to the dead letters, where a copy may lie twice but none may be missing.</summary>
    [Fact(Explicit = true)]
    public async Task Row14_MovedToTheDeadLetters_BeforeTheAcknowledgement_Killed()
    {
        await using var shop = await OpenAsync();
        var stock = await shop.StartStockAsync();
        await stock.AskAsync("poison 1", "armed");

        // Two messages with two retries each: the sixth forward moves the last message to the dead letters.
        await stock.DieAtAsync(CrashPoints.Moved, 6);
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, 1, 1);
        await stock.DiedAsync();

        var next = await shop.StartStockAsync();
        await next.AskAsync("poison 1", "armed");
        await Eventually.TrueAsync(
            async () => await shop.DeadLettersAsync() == 3, "the copy is there too");
        Assert.NotEqual(0, await shop.DeadLettersAsync("stock-api"));
        Assert.NotEqual(0, await shop.DeadLettersAsync("bus-probe.charge-order"));
        Assert.Equal(0, await shop.Stock.CountEffectsAsync());
    }

    /// <summary>The letter was handled after all: the inbox remembers it.</summary>
    [Fact(Explicit = true)]
    public async Task Row15_ReplayOfWhatHadSucceeded()
    {
        await using var shop = await OpenAsync();
        var stock = await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await using var stranger = await shop.OpenBrokerAsync();
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await sales.HealthBecomesAsync("Healthy");
        await TapAsync(channel, "events", "bus-probe.order-changed");
        await sales.SellAsync(1, Orders, Steps);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() == (Orders * Steps) + Orders, "all are handled");
        for (var i = 0; i < 5; i++)
        {
            await PutAsync(channel, "stock-api.dead-letter", (await channel.BasicGetAsync("tap", autoAck: true, Token))!);
        }

        Assert.Equal("replayed 5", await stock.AskAsync("replay stock-api", "replayed"));
        Assert.Equal(0, await shop.DeadLettersAsync("stock-api"));
        await shop.HoldsAsync();
    }

    /// <summary>
    /// The process holds 300 messages when it is stopped: running handlers finish, and the other messages return to the queue in order.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Row16_StoppedWithThreeHundredPrefetched()
    {
        await using var shop = await OpenAsync();
        shop.Settings["EventBus__Prefetch"] = "300";
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, 40, 10);
        await shop.SettlesAsync(async () => await shop.Sales.CountWaitingAsync() == 0, "all are on the broker");
        var stock = await shop.StartStockAsync();
        await stock.AskAsync("delay 200", "armed");
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() > 20, "some are handled");
        await Eventually.TrueAsync(async () => await shop.CountAsync("stock-api") <= 400 - 300, "the process has three hundred");

        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, await stock.TerminateAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(await shop.Stock.CountEffectsAsync(), 21, 400);

        await shop.StartStockAsync();
        await shop.HoldsAsync();
    }

    private async Task ConsumerHaltsAsync(string moment, Func<FaultedShop, string> server)
    {
        var servers = await killable.Servers;
        await using var shop = await OpenAsync();
        var stock = await shop.StartStockAsync();
        await stock.HaltAtAsync(moment, 10);
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, Orders, Steps);
        await stock.HaltedAsync(moment);
        await servers.KillAsync(server(shop), Token);
        await stock.GoAsync();

        await shop.HoldsAsync();
    }

    private async Task MoveHaltsAsync(Func<Probe, Servers.ShopServers, Task> fault)
    {
        var servers = await killable.Servers;
        await using var shop = await OpenAsync();
        var stock = await shop.StartStockAsync();
        await stock.AskAsync("poison 1", "armed");
        await stock.HaltAtAsync(CrashPoints.Moved);
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, 3, 1);
        await stock.HaltedAsync(CrashPoints.Moved);
        await stock.WriteLineAsync("heal");
        await fault(stock, servers);
        if (stock.HasEnded)
        {
            await shop.StartStockAsync();
        }
        else
        {
            await stock.GoAsync();
        }

        await shop.HoldsAsync();
    }

    private static async Task TapAsync(IChannel channel, string exchange, string routingKey)
    {
        await channel.QueueDeclareAsync("tap", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        await channel.QueueBindAsync("tap", exchange, routingKey, cancellationToken: Token);
    }

    private static async Task PutAsync(IChannel channel, string queue, BasicGetResult copy) =>
        await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(copy.BasicProperties), copy.Body, Token);
}
