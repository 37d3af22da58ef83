using EventBus.Tests.Faults.Rig;

namespace EventBus.Tests.Faults;

/// <summary>Rows 21 and 22: replicas that start and stop, and clocks that are changed.</summary>
public abstract partial class LongFaultMatrix
{
    [Fact(Explicit = true)]
    public async Task Row21_OneToThreeToOneReplicas_UnderLoad()
    {
        await using var shop = await OpenAsync();
        var stock = new List<Probe> { await shop.StartStockAsync() };
        var sales = new List<Probe> { await shop.StartSalesAsync() };
        await sales[0].BeginToSellAsync(1, 100, 20);
        sales.Add(await shop.StartSalesAsync());
        await sales[1].BeginToSellAsync(1000, 100, 20);
        stock.Add(await shop.StartStockAsync());
        stock.Add(await shop.StartStockAsync());

        // The receiving replica is killed and the next one is stopped, both under load. The last one remains.
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() > 200, "the load is on");
        stock[0].Kill();
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() > 800, "another goes on");
        Assert.Equal(0, await stock[1].TerminateAsync());
        await sales[0].SoldAsync(1);
        sales[0].Kill();
        await sales[1].SoldAsync(1000);

        await shop.HoldsAsync();
    }

    /// <summary>
    /// The clocks of two sellers and of Stock are changed by different amounts while delayed messages wait. A message may be published
    /// early or late by the difference of the clocks, but it is published exactly once.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Row22_ClocksJump_AndDiffer()
    {
        await using var shop = await OpenAsync();
        var stock = await shop.StartStockAsync();
        Probe[] sales = [await shop.StartSalesAsync(), await shop.StartSalesAsync()];
        await stock.AskAsync("poison 3", "armed");
        await sales[0].SellAsync(1, Orders, Steps);
        var first = 1000;
        foreach (var (one, other, receiver) in new[] { (60, 0, 60), (-120, 90, -120), (60, -180, 60), (0, 90, 0) })
        {
            // Due within the hour, within the time by which the clock jumps, and at once.
            await sales[0].SellAsync(first, Orders, 1, TimeSpan.FromMinutes(55));
            await sales[1].SellAsync(first + 100, Orders, 1, TimeSpan.FromMinutes(55));
            await sales[0].AskAsync($"jump {one}", "jumped");
            await sales[1].AskAsync($"jump {other}", "jumped");
            await stock.AskAsync($"jump {receiver}", "jumped");
            await sales[0].SellAsync(first + 200, Orders, 1, TimeSpan.FromSeconds(1));
            await sales[1].SellAsync(first + 300, Orders, 1, TimeSpan.FromSeconds(1));
            await sales[0].SellAsync(first + 400, Orders, Steps);
            await sales[1].SellAsync(first + 500, Orders, Steps);
            first += 1000;
        }

        // By both clocks, every delayed message is now due.
        await Task.WhenAll(sales.Select(seller => seller.AskAsync("jump 240", "jumped")));
        await shop.SettlesAsync(async () => await shop.DeadLettersAsync() == Steps + 1, "the poison is put aside");
        await stock.WriteLineAsync("heal");
        await stock.AskAsync("replay stock-api", $"replayed {Steps}");
        await stock.AskAsync("replay bus-probe.charge-order", "replayed 1");
        await shop.HoldsAsync();
    }

    /// <summary>
    /// A message that was due before the clock was set back is still published; one that becomes due by setting it forward is published at
    /// once.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Row22_ClockJumps_DelayedMessagesFollowIt()
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, Orders, 1, TimeSpan.FromHours(1));
        await sales.SellAsync(100, 1, 1);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() == 2, "what is not delayed has arrived");
        Assert.Equal(2 * Orders, await shop.Sales.CountWaitingAsync());

        await sales.AskAsync("jump 61", "jumped");
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() == 2 + (2 * Orders), "what has become due has arrived");

        await sales.SellAsync(200, Orders, 1, TimeSpan.FromMinutes(30));
        await sales.AskAsync("jump -120", "jumped");
        await sales.SellAsync(300, 1, 1);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() == 4 + (2 * Orders), "what is not delayed has arrived");
        Assert.Equal(2 * Orders, await shop.Sales.CountWaitingAsync());
        await sales.AskAsync("jump 151", "jumped");
        await shop.HoldsAsync();
    }
}
