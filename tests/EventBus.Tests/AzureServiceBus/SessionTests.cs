using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using ServiceBusBroker;

namespace EventBus.Tests.AzureServiceBus;

/// <summary>Sessions keep the order of a key while replicas share the work.</summary>
public sealed class SessionTests(TestServers servers) : IAsyncDisposable
{
    private readonly TestServiceBus _broker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Replicas_ShareTheEvents_AndKeepTheOrderOfAKey()
    {
        var plan = await PlanAsync();
        await using var one = await Service.StartAsync(plan);
        await using var two = await Service.StartAsync(plan);

        for (var round = 0; round < 10; round++)
        {
            await one.PublishAsync([.. Enumerable.Range(round * 100, 100).Select(i => new ItemSold(i % 50, i))]);
            await one.HasEffectsAsync((round + 1) * 100);
        }

        Assert.True(one.Ledger.Seen.Count > 0 && two.Ledger.Seen.Count > 0, $"{one.Ledger.Seen.Count} and {two.Ledger.Seen.Count}");
        Assert.Equal(1000, one.Ledger.Seen.Count + two.Ledger.Seen.Count);
        Assert.All((await one.EffectsAsync()).GroupBy(effect => effect.Key), key => Assert.Equal(
            key.Select(effect => effect.Number).Order(), key.Select(effect => effect.Number)));
    }

    /// <summary>Without a renewal, the broker would deliver the message to another consumer after a second.</summary>
    [Fact]
    public async Task HandlerThatTakesLongerThanTheLock_HandlesItsMessageOnce()
    {
        var lockDuration = TimeSpan.FromSeconds(1);
        await using var shop = await Service.StartAsync((await PlanAsync()) with
        {
            ServiceBusEntities = new EntityOptions { LockDuration = lockDuration },
        });
        shop.Ledger.OnHandling = (_, token) => Task.Delay(lockDuration * 3, TimeProvider.System, token);

        await shop.PublishAsync(new ItemSold(1, 1), new ItemSold(1, 2));

        await shop.HasEffectsAsync(2);
        Assert.Equal(2, shop.Ledger.Seen.Count);
        await Eventually.TrueAsync(() => _broker.Count("events/Subscriptions/shop-api") == 0, "both are acknowledged");
    }

    private async Task<ServicePlan> PlanAsync() => new()
    {
        Name = "Shop.Api",
        Declare = bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(),
        ServiceBus = _broker,
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    };
}
