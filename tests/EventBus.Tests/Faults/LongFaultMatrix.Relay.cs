using EventBus.Tests.Faults.Rig;

namespace EventBus.Tests.Faults;

/// <summary>Rows 1 to 8: from the sale to the broker's confirm.</summary>
public abstract partial class LongFaultMatrix
{
    [Fact(Explicit = true)]
    public Task Row01_BeforeTheCommitOfTheSale_StoreKilled() =>
        SaleHaltsAsync("before-commit", nth: 10, (shop, servers) => servers.KillAsync(shop.Sales.Server, Token));

    [Fact(Explicit = true)]
    public Task Row02_CommitSent_AnswerLost_StoreKilled() => AnswerIsLostAsync(async (shop, servers) =>
    {
        await servers.KillAsync(shop.Sales.Server, Token);
        shop.SalesStore.Cut();
        shop.SalesStore.Mend();
    });

    /// <summary>Nothing comes back for so long that the client gives up by itself.</summary>
    [Fact(Explicit = true)]
    public Task Row02_CommitSent_AnswerLost_Partition() => AnswerIsLostAsync(async (shop, _) =>
    {
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        shop.SalesStore.Mend();
    });

    [Fact(Explicit = true)]
    public Task Row04_BatchClaimed_StoreKilled() =>
        SaleHaltsAsync(CrashPoints.Claimed, nth: 3, (shop, servers) => servers.KillAsync(shop.Sales.Server, Token));

    /// <summary>
    /// The relay that owns the partition is frozen within a batch. Another relay takes the partition, and the first one does no harm when
    /// it continues.
    /// </summary>
    [Fact(Explicit = true)]
    public Task Row04_BatchClaimed_Frozen() => OwnerFreezesAsync(CrashPoints.Claimed);

    [Fact(Explicit = true)]
    public Task Row05_HalfPublished_BrokerKilled() =>
        SaleHaltsAsync(CrashPoints.HalfPublished, nth: 3, (_, servers) => servers.KillAsync("messaging", Token));

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
    public Task Row07_Confirmed_BeforeTheDelete_StoreKilled() =>
        SaleHaltsAsync(CrashPoints.Confirmed, nth: 3, (shop, servers) => servers.KillAsync(shop.Sales.Server, Token));

    /// <summary>The partition has another owner and is empty by the time the old one sends the rest of its batch.</summary>
    [Fact(Explicit = true)]
    public Task Row08_OwnerFrozen_PublishesLate() => OwnerFreezesAsync(CrashPoints.HalfPublished);

    private async Task SaleHaltsAsync(string moment, int nth, Func<FaultedShop, Servers.ShopServers, Task> fault)
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.HaltAtAsync(moment, nth);
        await sales.BeginToSellAsync(1, Orders, Steps);
        await sales.HaltedAsync(moment);
        await fault(shop, await killable.Servers);
        await sales.GoAsync();

        await sales.SoldAsync(1);
        Assert.Equal(Orders * Steps, await shop.Sales.CountSalesAsync());
        await shop.HoldsAsync();
    }

    private async Task AnswerIsLostAsync(Func<FaultedShop, Servers.ShopServers, Task> fault)
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.CommitWithoutAnswerAsync(Steps);
        await fault(shop, await killable.Servers);

        await sales.SoldAsync(1);
        Assert.Equal(Steps, await shop.Sales.CountSalesAsync());
        await shop.HoldsAsync();
    }

    private async Task ConfirmsAreLostAsync(Func<FaultedShop, Probe, Servers.ShopServers, Task> fault)
    {
        await using var shop = await OpenAsync();
        var sales = await shop.PublishWithoutConfirmAsync();
        await fault(shop, sales, await killable.Servers);

        await sales.SellAsync(2, Orders, Steps);
        await shop.HoldsAsync();
    }

    private async Task OwnerFreezesAsync(string moment)
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var first = await shop.StartSalesAsync();
        await first.HaltAtAsync(moment, 3);
        await first.BeginToSellAsync(1, Orders, Steps);
        await first.HaltedAsync(moment);
        await first.SoldAsync(1);
        first.Freeze();

        // Now only the second replica can empty the outbox, after the first has lost its partition.
        var second = await shop.StartSalesAsync();
        await second.SellAsync(100, Orders, Steps);
        await shop.SettlesAsync(async () => await shop.Sales.CountWaitingAsync() == 0, "the second relay has sent everything");
        first.Thaw();
        await first.GoAsync();

        await first.SellAsync(200, Orders, Steps);
        await shop.HoldsAsync();
    }
}
