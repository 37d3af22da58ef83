using EventBus.Outbox;

namespace EventBus.Tests.Faults;

/// <summary>Rows 1 to 8: from the sale to the broker's confirm.</summary>
public sealed partial class LongFaultMatrix
{
    [Fact(Explicit = true)]
    public Task Row01_BeforeTheCommitOfTheSale_DatabaseKilled() => SaleHaltsAsync("before-commit", nth: 10, (_, servers) => servers.KillAsync("postgres", Token));

    [Fact(Explicit = true)]
    public Task Row02_CommitSent_AnswerLost_DatabaseKilled() => AnswerIsLostAsync(async (shop, servers) =>
    {
        await servers.KillAsync("postgres", Token);
        shop.SalesDatabase.Cut();
        shop.SalesDatabase.Mend();
    });

    /// <summary>Nothing comes back for so long that the client gives up by itself.</summary>
    [Fact(Explicit = true)]
    public Task Row02_CommitSent_AnswerLost_Partition() => AnswerIsLostAsync(async (shop, _) =>
    {
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        shop.SalesDatabase.Mend();
    });

    [Fact(Explicit = true)]
    public Task Row04_BatchClaimed_DatabaseKilled() => SaleHaltsAsync(CrashPoints.Claimed, nth: 3, (_, servers) => servers.KillAsync("postgres", Token));

    /// <summary>The relay that owns the lane stands still with a batch in hand. The lane passes on; what it does when it wakes is harmless.</summary>
    [Fact(Explicit = true)]
    public Task Row04_BatchClaimed_Frozen() => OwnerFreezesAsync(CrashPoints.Claimed);

    [Fact(Explicit = true)]
    public Task Row05_HalfPublished_BrokerKilled() => SaleHaltsAsync(CrashPoints.HalfPublished, nth: 3, (_, servers) => servers.KillAsync("messaging", Token));

    [Fact(Explicit = true)]
    public Task Row06_Published_ConfirmsLost_BrokerKilled() => ConfirmsAreLostAsync(async (shop, _, servers) =>
    {
        await servers.KillAsync("messaging", Token);
        shop.SalesBroker.Cut();
        shop.SalesBroker.Mend();
    });

    /// <summary>Longer than the bus waits for a confirm.</summary>
    [Fact(Explicit = true)]
    public Task Row06_Published_ConfirmsLost_Partition() => ConfirmsAreLostAsync(async (shop, sales, _) =>
    {
        await sales.HealthBecomesAsync("Degraded");
        shop.SalesBroker.Mend();
    });

    /// <summary>Longer than the broker waits for a heartbeat.</summary>
    [Fact(Explicit = true)]
    public Task Row06_Published_ConfirmsLost_Frozen() => ConfirmsAreLostAsync(async (shop, sales, _) =>
    {
        sales.Freeze();
        await Task.Delay(LongerThanHeartbeats, TimeProvider.System, Token);
        shop.SalesBroker.Mend();
        sales.Thaw();
    });

    [Fact(Explicit = true)]
    public Task Row07_Confirmed_BeforeTheDelete_DatabaseKilled() =>
        SaleHaltsAsync(CrashPoints.Confirmed, nth: 3, (_, servers) => servers.KillAsync("postgres", Token));

    /// <summary>The lane has another owner and is empty by the time the old one sends the rest of its batch.</summary>
    [Fact(Explicit = true)]
    public Task Row08_OwnerFrozen_PublishesLate() => OwnerFreezesAsync(CrashPoints.HalfPublished);

    private async Task SaleHaltsAsync(string moment, int nth, Func<FaultedShop, Servers.ShopServers, Task> fault)
    {
        var servers = await killable.Servers;
        await using var shop = await FaultedShop.OpenAsync(servers);
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.HaltAtAsync(moment, nth);
        await sales.BeginToSellAsync(1, Orders, Steps);
        await sales.HaltedAsync(moment);
        await fault(shop, servers);
        await sales.GoAsync();

        await sales.SoldAsync(1);
        Assert.Equal(Orders * Steps, await shop.ToldAsync());
        await shop.HoldsAsync();
    }

    private async Task AnswerIsLostAsync(Func<FaultedShop, Servers.ShopServers, Task> fault)
    {
        var servers = await killable.Servers;
        await using var shop = await FaultedShop.OpenAsync(servers);
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.HaltAtAsync("before-commit");
        await sales.BeginToSellAsync(1, 1, Steps);
        await sales.HaltedAsync("before-commit");
        shop.SalesDatabase.FreezeAnswers();
        await sales.GoAsync();
        await Eventually.TrueAsync(async () => await shop.ToldAsync() == 1, "the sale is committed");
        await fault(shop, servers);

        await sales.SoldAsync(1);
        Assert.Equal(Steps, await shop.ToldAsync());
        await shop.HoldsAsync();
    }

    private async Task ConfirmsAreLostAsync(Func<FaultedShop, Probe, Servers.ShopServers, Task> fault)
    {
        var servers = await killable.Servers;
        await using var shop = await FaultedShop.OpenAsync(servers);
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.HaltAtAsync(CrashPoints.Claimed);
        await sales.BeginToSellAsync(1, 1, 1);
        await sales.HaltedAsync(CrashPoints.Claimed);
        shop.SalesBroker.FreezeAnswers();
        await sales.GoAsync();
        await Eventually.TrueAsync(async () => await shop.StockEffectsAsync() > 0, "a message has arrived");
        Assert.Equal(2, await shop.SalesOutboxAsync());
        await fault(shop, sales, servers);

        await sales.SellAsync(2, Orders, Steps);
        await shop.HoldsAsync();
    }

    private async Task OwnerFreezesAsync(string moment)
    {
        await using var shop = await FaultedShop.OpenAsync(await killable.Servers);
        await shop.StartStockAsync();
        var first = await shop.StartSalesAsync();
        await first.HaltAtAsync(moment, 3);
        await first.BeginToSellAsync(1, Orders, Steps);
        await first.HaltedAsync(moment);
        await first.SoldAsync(1);
        first.Freeze();

        // Only the second can empty the outbox now, and only once the lane is no longer the first one's.
        var second = await shop.StartSalesAsync();
        await second.SellAsync(100, Orders, Steps);
        await shop.SettlesAsync(async () => await shop.SalesOutboxAsync() == 0, "the second relay has sent everything");
        first.Thaw();
        await first.GoAsync();

        await first.SellAsync(200, Orders, Steps);
        await shop.HoldsAsync();
    }
}
