namespace EventBus.Tests.Faults.Rig;

/// <summary>The moments at which several rows strike.</summary>
internal sealed partial class FaultedShop
{
    /// <summary>A sale is committed and its answer is on the way: nothing comes back from the store of Sales.</summary>
    public async Task<Probe> CommitWithoutAnswerAsync(int steps)
    {
        var sales = await StartSalesAsync();
        await sales.HaltAtAsync("before-commit");
        await sales.BeginToSellAsync(1, 1, steps);
        await sales.HaltedAsync("before-commit");
        SalesStore.FreezeAnswersTo(Sales.CommitCommand);
        await sales.GoAsync();
        await Eventually.TrueAsync(async () => await Sales.CountSalesAsync() == 1, "the sale is committed");
        return sales;
    }

    /// <summary>The broker has messages, Stock works on them, and the confirms are on the way: nothing comes back to Sales.</summary>
    public async Task<Probe> PublishWithoutConfirmAsync()
    {
        await StartStockAsync();
        var sales = await StartSalesAsync();

        // Some brokers answer before the first message of a sender.
        await sales.SellAsync(2, 1, 1);
        await SettlesAsync(async () => await Stock.CountEffectsAsync() == 2, "the first sale and its charge are handled");
        await SettlesAsync(async () => await Sales.CountWaitingAsync() == 0, "they are confirmed");

        await sales.HaltAtAsync(CrashPoints.Claimed);
        await sales.BeginToSellAsync(1, 1, 1);
        await sales.HaltedAsync(CrashPoints.Claimed);
        SalesBroker.FreezeAnswers();
        await sales.GoAsync();
        await Eventually.TrueAsync(async () => await Stock.CountEffectsAsync() > 2, "a message has arrived");
        Assert.Equal(2, await Sales.CountWaitingAsync());
        return sales;
    }

    /// <summary>The broker has messages that are still in the outbox, and the relay is halted within their batch.</summary>
    public async Task<Probe> PublishHalfOfABatchAsync(int orders, int steps)
    {
        SalesBroker.Cut();
        var sales = await StartSalesAsync();
        await sales.SellAsync(1, orders, steps);
        await sales.HaltAtAsync(CrashPoints.HalfPublished);
        SalesBroker.Mend();
        await sales.HaltedAsync(CrashPoints.HalfPublished);

        var all = (orders * steps) + orders;
        await Eventually.TrueAsync(
            async () => await CountAsync("stock-api") + await CountAsync("bus-probe.charge-order") > all - await Sales.CountWaitingAsync(),
            "a part of the batch is on the broker");
        return sales;
    }
}
