using EventBus.Tests.Faults.Rig;

namespace EventBus.Tests.Faults;

/// <summary>
/// Row 21: a new build replaces the old one under load, and is then rolled back. The new build's messages have one more property and its
/// tables one more column, which it adds while the old build is running.
/// </summary>
public sealed partial class OperationFaultMatrix
{
    private const string Today = "";
    private const string Tomorrow = "next";

    /// <summary>Each replacement kills the old process. Its last orders are sent again, as clients do.</summary>
    [Fact(Explicit = true)]
    public async Task Row21_RollingUpgrade_AndRollback_UnderLoad()
    {
        await using var shop = await OpenAsync();
        var (sales, stock) = (new Queue<Probe>(), new Queue<Probe>());
        for (var replica = 0; replica < 2; replica++)
        {
            sales.Enqueue(await StartSalesAsync(shop, Today));
            stock.Enqueue(await StartStockAsync(shop, Today));
        }

        var first = 1000;
        foreach (var build in new[] { Tomorrow, Tomorrow, Today, Today })
        {
            Probe[] sellers = [.. sales];
            await sellers[0].BeginToSellAsync(first, 40, 10);
            await sellers[1].BeginToSellAsync(first + 500, 40, 10);
            var before = await shop.Stock.CountEffectsAsync();
            await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() > before + 100, "the load is on");

            await KillAsync(sales.Dequeue());
            await KillAsync(stock.Dequeue());
            stock.Enqueue(await StartStockAsync(shop, build));
            sales.Enqueue(await StartSalesAsync(shop, build));
            await sales.Last().SellAsync(first, 40, 10);
            await sellers[1].SoldAsync(first + 500);
            first += 1000;
        }

        Assert.Equal(4 * 2 * 40 * 10, await shop.Sales.CountSalesAsync());
        await shop.HoldsAsync();
    }

    /// <summary>
    /// The old build handles the new build's messages and ignores unknown properties; only the new build stores the notes.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Row21_MessagesOfTomorrow_HandledByTodaysBuild()
    {
        await using var shop = await OpenAsync();
        await StartSalesAsync(shop, Today);
        await StartStockAsync(shop, Today);
        var sales = await StartSalesAsync(shop, Tomorrow);
        await sales.SellAsync(1, Orders, Steps);

        await shop.HoldsAsync();
        Assert.Equal(0, await ((PostgresStore)shop.Stock).CountAsync(
            "select count(*) from information_schema.columns where table_name = 'effects' and column_name = 'Note'"));
        Assert.Equal(0, await ((PostgresStore)shop.Sales).CountAsync("""select count(*) from effects where "Note" is not null"""));
    }

    /// <summary>
    /// The new build handles the old build's messages, on tables that the old build still writes; then it handles its own.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Row21_MessagesOfToday_HandledByTomorrowsBuild()
    {
        await using var shop = await OpenAsync();
        var today = await StartStockAsync(shop, Today);
        var sales = await StartSalesAsync(shop, Today);
        await sales.SellAsync(1, Orders, Steps);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() == Orders * (Steps + 1), "today's build has handled them");
        await StartStockAsync(shop, Tomorrow);
        await KillAsync(today);
        await sales.SellAsync(100, Orders, Steps);
        await shop.SettlesAsync(
            async () => await shop.Stock.CountEffectsAsync() == 2 * Orders * (Steps + 1), "tomorrow's build has handled them");
        Assert.Equal(0, await NotesAsync());

        var next = await StartSalesAsync(shop, Tomorrow);
        await next.SellAsync(200, Orders, Steps);
        await shop.HoldsAsync();
        Assert.Equal(Orders * Steps, await NotesAsync());

        Task<long> NotesAsync() =>
            ((PostgresStore)shop.Stock).CountAsync("""select count(*) from effects where "Note" = 'sold by tomorrow''s build' """);
    }

    private static Task<Probe> StartSalesAsync(FaultedShop shop, string build)
    {
        shop.Settings["Probe__Release"] = build;
        return shop.StartSalesAsync();
    }

    private static Task<Probe> StartStockAsync(FaultedShop shop, string build)
    {
        shop.Settings["Probe__Release"] = build;
        return shop.StartStockAsync();
    }

    private static async Task KillAsync(Probe probe)
    {
        probe.Kill();
        await probe.DiedAsync();
    }
}
