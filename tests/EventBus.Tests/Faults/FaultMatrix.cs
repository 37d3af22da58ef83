using EventBus.Tests.Faults.Rig;
using EventBus.Tests.Setup;
using ShopServers = Servers.ShopServers;

namespace EventBus.Tests.Faults;

/// <summary>
/// Faults at each step, with real processes that are killed with SIGKILL or lose their connections. After each fault, every committed
/// message has taken effect exactly once and in order, and nothing else has. The rows follow a message from the sale to the operator; those
/// that kill servers or take long are in <see cref="LongFaultMatrix"/>. docs/eventbus.md describes how to run the explicit tests. There is
/// one subclass for each store, and one for the other broker.
/// </summary>
[Trait("Category", "Faults")]
public abstract class FaultMatrix(TestServers servers)
{
    private const int Orders = 12;
    private const int Steps = 5;

    /// <summary>The sale is not committed: there is neither order nor event, and the client's retry makes one of each.</summary>
    [Fact(Explicit = true)]
    public async Task Row01_BeforeTheCommitOfTheSale_Killed()
    {
        await using var shop = await OpenAsync();
        var sales = await shop.StartSalesAsync();
        await sales.DieAtAsync("before-commit", 10);
        await sales.BeginToSellAsync(1, Orders, Steps);
        await sales.DiedAsync();
        Assert.InRange(await shop.Sales.CountSalesAsync(), 1, (Orders * Steps) - 1);

        await RetryAsync(shop);
    }

    /// <summary>
    /// The COMMIT arrived and its answer did not: the client cannot know, asks again, and there is one order and one event.
    /// </summary>
    [Fact]
    public virtual async Task Row02_CommitSent_AnswerLost_LinkCut()
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.CommitWithoutAnswerAsync(Steps);
        shop.SalesStore.Cut();
        shop.SalesStore.Mend();

        await sales.SoldAsync(1);
        Assert.Equal(Steps, await shop.Sales.CountSalesAsync());
        await shop.HoldsAsync();
    }

    /// <summary>The relay was not woken for the event; the sweep of the next process finds it.</summary>
    [Fact(Explicit = true)]
    public async Task Row03_AfterTheCommit_BeforeTheWake_Killed()
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.CommitWithoutAnswerAsync(steps: 1);
        sales.Kill();
        await sales.DiedAsync();
        Assert.Equal((1, 2), (await shop.Sales.CountSalesAsync(), await shop.Sales.CountWaitingAsync()));

        shop.SalesStore.Mend();
        await shop.StartSalesAsync();
        await shop.HoldsAsync();
    }

    /// <summary>The relay dies before it has published a batch; another sends it.</summary>
    [Fact(Explicit = true)]
    public Task Row04_BatchClaimed_Killed() => RelayDiesAsync(CrashPoints.Claimed);

    /// <summary>
    /// The relay is killed within a batch. Another relay sends the whole batch again, and receivers ignore the duplicates.
    /// </summary>
    [Fact]
    public virtual async Task Row05_HalfPublished_Killed()
    {
        await using var shop = await OpenAsync();
        var sales = await shop.PublishHalfOfABatchAsync(Orders, Steps);
        sales.Kill();
        await sales.DiedAsync();

        await RetryAsync(shop);
    }

    /// <summary>The broker's link is cut while half of a batch is on its way.</summary>
    [Fact(Explicit = true)]
    public async Task Row05_HalfPublished_LinkCut()
    {
        await using var shop = await OpenAsync();
        var sales = await shop.PublishHalfOfABatchAsync(Orders, Steps);
        shop.SalesBroker.Cut();
        await sales.GoAsync();
        shop.SalesBroker.Mend();

        await shop.StartStockAsync();
        await shop.HoldsAsync();
    }

    /// <summary>The broker has the messages and its confirms are lost: nothing is deleted without them.</summary>
    [Fact]
    public virtual async Task Row06_Published_ConfirmsLost_LinkCut()
    {
        await using var shop = await OpenAsync();
        await shop.PublishWithoutConfirmAsync();
        shop.SalesBroker.Cut();
        shop.SalesBroker.Mend();

        await shop.HoldsAsync();
    }

    /// <summary>
    /// The broker has confirmed the whole batch and none of it is deleted: all of it is sent again, and nothing happens twice.
    /// </summary>
    [Fact]
    public virtual Task Row07_Confirmed_BeforeTheDelete_Killed() => RelayDiesAsync(CrashPoints.Confirmed);

    /// <summary>A consumer dies with a message that it has not noted yet.</summary>
    [Fact(Explicit = true)]
    public Task Row09_Delivered_BeforeTheInbox_Killed() => ConsumerDiesAsync(CrashPoints.Received);

    [Fact(Explicit = true)]
    public Task Row09_Delivered_BeforeTheInbox_LinkCut() => ConsumerLosesItsLinkAsync(CrashPoints.Received);

    /// <summary>The handler is done and nothing is committed: all it wrote is gone, and it is done again.</summary>
    [Fact]
    public virtual Task Row10_HandlerDone_BeforeTheCommit_Killed() => ConsumerDiesAsync(CrashPoints.Handled);

    /// <summary>All is committed and the broker does not know: it delivers again, and the inbox passes over it.</summary>
    [Fact]
    public Task Row11_Committed_BeforeTheAcknowledgement_Killed() => ConsumerDiesAsync(CrashPoints.Committed);

    [Fact(Explicit = true)]
    public Task Row11_Committed_BeforeTheAcknowledgement_LinkCut() => ConsumerLosesItsLinkAsync(CrashPoints.Committed);

    /// <summary>The handler's COMMIT arrived and its answer did not: it is tried again, and the inbox knows the message.</summary>
    [Fact(Explicit = true)]
    public async Task Row11_CommitSent_AnswerLost_LinkCut()
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, Orders, 1);
        await shop.SettlesAsync(
            async () => await shop.Stock.CountEffectsAsync() == 2 * Orders, "the first steps and the charges are handled");
        shop.StockStore.FreezeAnswersTo(shop.Stock.CommitCommand);
        await sales.SellAsync(1, Orders, Steps);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() > 2 * Orders, "a handler's work is committed");
        shop.StockStore.Cut();
        shop.StockStore.Mend();

        await shop.HoldsAsync();
    }

    private protected abstract Task<ILedgerStore> CreateStoreAsync(ShopServers servers);

    /// <summary>Null for RabbitMQ.</summary>
    private protected virtual IFaultedBroker? CreateBroker() => null;

    private Task<FaultedShop> OpenAsync() => FaultedShop.OpenAsync(servers.Servers, CreateStoreAsync, CreateBroker());

    private async Task RelayDiesAsync(string moment)
    {
        await using var shop = await OpenAsync();
        var sales = await shop.StartSalesAsync();
        await sales.DieAtAsync(moment, 3);
        await sales.BeginToSellAsync(1, Orders, Steps);
        await sales.DiedAsync();

        await RetryAsync(shop);
    }

    private async Task ConsumerDiesAsync(string moment)
    {
        await using var shop = await OpenAsync();
        var stock = await shop.StartStockAsync();
        await stock.DieAtAsync(moment, 10);
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, Orders, Steps);
        await stock.DiedAsync();

        await shop.StartStockAsync();
        await shop.HoldsAsync();
    }

    private async Task ConsumerLosesItsLinkAsync(string moment)
    {
        await using var shop = await OpenAsync();
        var stock = await shop.StartStockAsync();
        await stock.HaltAtAsync(moment, 10);
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, Orders, Steps);
        await stock.HaltedAsync(moment);
        shop.StockBroker.Cut();
        shop.StockBroker.Mend();
        await stock.GoAsync();

        await shop.HoldsAsync();
    }

    private static async Task RetryAsync(FaultedShop shop)
    {
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, Orders, Steps);
        Assert.Equal(Orders * Steps, await shop.Sales.CountSalesAsync());
        await shop.HoldsAsync();
    }
}

[Collection(nameof(ServersToKill))]
public sealed class FaultMatrixOnPostgres(TestServers servers) : FaultMatrix(servers)
{
    private protected override Task<ILedgerStore> CreateStoreAsync(ShopServers servers) => PostgresStore.CreateAsync(servers);
}

/// <summary>Two rows run with all tests, one of each side; PostgreSQL's four others wait here until they are asked for.</summary>
[Collection(nameof(ServersToKill))]
public sealed class FaultMatrixOnRedis(TestServers servers) : FaultMatrix(servers)
{
    [Fact(Explicit = true)]
    public override Task Row02_CommitSent_AnswerLost_LinkCut() => base.Row02_CommitSent_AnswerLost_LinkCut();

    [Fact(Explicit = true)]
    public override Task Row05_HalfPublished_Killed() => base.Row05_HalfPublished_Killed();

    [Fact(Explicit = true)]
    public override Task Row06_Published_ConfirmsLost_LinkCut() => base.Row06_Published_ConfirmsLost_LinkCut();

    [Fact(Explicit = true)]
    public override Task Row10_HandlerDone_BeforeTheCommit_Killed() => base.Row10_HandlerDone_BeforeTheCommit_Killed();

    private protected override Task<ILedgerStore> CreateStoreAsync(ShopServers servers) => RedisStore.CreateAsync(servers);
}

/// <summary>Two rows run with all tests, one of each side; all rows of the store run on RabbitMQ.</summary>
[Collection(nameof(ServersToKill))]
public sealed class FaultMatrixOnServiceBus(TestServers servers) : FaultMatrix(servers)
{
    [Fact(Explicit = true)]
    public override Task Row02_CommitSent_AnswerLost_LinkCut() => base.Row02_CommitSent_AnswerLost_LinkCut();

    [Fact(Explicit = true)]
    public override Task Row05_HalfPublished_Killed() => base.Row05_HalfPublished_Killed();

    [Fact(Explicit = true)]
    public override Task Row07_Confirmed_BeforeTheDelete_Killed() => base.Row07_Confirmed_BeforeTheDelete_Killed();

    [Fact(Explicit = true)]
    public override Task Row10_HandlerDone_BeforeTheCommit_Killed() => base.Row10_HandlerDone_BeforeTheCommit_Killed();

    private protected override IFaultedBroker? CreateBroker() => new ServiceBusNamespace();

    private protected override Task<ILedgerStore> CreateStoreAsync(ShopServers servers) => PostgresStore.CreateAsync(servers);
}
