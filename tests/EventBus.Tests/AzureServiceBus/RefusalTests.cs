using System.Text;
using EventBus.Tests.Contracts;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using EventBus.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceBusBroker;

namespace EventBus.Tests.AzureServiceBus;

/// <summary>The broker takes no message, lacks an entity, or will never take one of the messages.</summary>
public sealed class RefusalTests(TestServers servers) : IAsyncDisposable
{
    private readonly TestServiceBus _broker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task MessageTooLargeForTheBroker_StaysInTheOutbox_AndHoldsUpNone_NotEvenOfItsKey()
    {
        await using var shop = await StartAsync(bus =>
        {
            bus.Host.Configuration.AddInMemoryCollection([new("EventBus:ServiceBus:MaxBodySize", "1000000")]);
            bus.Publishes<NoteTaken>(_ => "1").Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>();
        });

        await shop.PublishAsync(new ItemSold(1, 1), new NoteTaken(new string('x', 300_000)), new ItemSold(1, 2), new ItemSold(2, 3));

        await shop.HasEffectsAsync(3);
        await IsDegradedAsync(shop, "The broker refuses 'shop.note-taken'");

        await shop.PublishAsync(new ItemSold(1, 4));
        await shop.HasEffectsAsync(4);
    }

    /// <summary>The SDK limits batches to 1 MB; a message of the tier Premium may be larger.</summary>
    [Fact]
    public async Task MessageTooLargeForABatch_IsSentAlone_InItsPlace()
    {
        await using var premium = new TestServiceBus { MaxMessageSize = 4_000_000 };
        await using var shop = await StartAsync(
            bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(), premium);
        var large = Encoding.UTF8.GetBytes($$"""{"productId":1,"sequence":2,"note":"{{new string('x', 2_000_000)}}"}""");

        await shop.PutOnWireAsync(
            StoreContract.OnWire(new ItemSold(1, 1), "1"),
            StoreContract.OnWire(new ItemSold(1, 2), "1") with { Body = large },
            StoreContract.OnWire(new ItemSold(1, 3), "1"));

        await shop.HasEffectsAsync(3);
        Assert.Equal([1, 2, 3], (await shop.EffectsAsync()).Select(effect => effect.Number));
    }

    [Fact]
    public async Task BrokerThatIsFull_GetsTheMessagesLater_InOrder()
    {
        await using var shop = await StartAsync(bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>());
        _broker.IsFull = true;

        await shop.PublishAsync([.. Enumerable.Range(1, 10).Select(i => new ItemSold(1, i))]);
        await IsDegradedAsync(shop, "Service Bus accepts no messages for 'events'");

        _broker.IsFull = false;
        await shop.HasEffectsAsync(10);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), (await shop.EffectsAsync()).Select(effect => effect.Number));
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Healthy, "the service is healthy again");
    }

    [Fact]
    public async Task EntitiesThatAreMissing_AreReportedTogether_AndNothingIsLostUntilTheyAreThere()
    {
        await using var shop = await StartAsync(bus => bus
            .Sends<ChargeCard>(c => $"{c.OrderId}").Handle<ChargeCard, NoteEffect>().Publishes<CardCharged>(e => $"{e.OrderId}")
            .Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>());
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);
        var queues = shop.Queues();

        _broker.DeleteQueue("shop.charge-card");
        _broker.DeleteSubscription("events", "shop-api");
        await shop.SendAsync(new ChargeCard(Guid.NewGuid(), 1m));
        string[] problems =
        [
            "cannot receive from subscription 'shop-api' of topic 'events': it does not exist",
            "cannot receive from queue 'shop.charge-card': it does not exist",
            "cannot send to queue 'shop.charge-card': it does not exist",
        ];
        var missing = "";
        await Eventually.TrueAsync(
            async () =>
            {
                missing = (await shop.HealthAsync()).Description ?? "";
                return problems.All(problem => missing.Contains(problem, StringComparison.Ordinal));
            },
            () => $"health reports all of them, not only: {missing}");

        _broker.Declare(queues);
        await shop.PublishAsync(new ItemSold(1, 2));
        await shop.HasEffectsAsync(3);
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Healthy, "the service is healthy again");
    }

    [Fact]
    public async Task NamespaceThatIsEmpty_IsReportedAsAWhole_AndUsedOnceItIsFilled()
    {
        await using var shop = await StartAsync(
            bus => bus.Sends<ChargeCard>(c => $"{c.OrderId}").Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(),
            isEmpty: true);

        await IsDegradedAsync(shop, string.Join(
            "; ",
            "Service Bus: cannot send to topic 'events': it does not exist",
            "Service Bus: cannot receive from subscription 'shop-api' of topic 'events': it does not exist",
            "Service Bus: cannot send to queue 'shop.charge-card': it does not exist"));

        _broker.Declare(shop.Queues());
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Healthy, "the service is healthy again");
    }

    /// <summary>The broker drops a copy that matches no rule, and reports success.</summary>
    [Fact]
    public async Task RuleForCopiesThatIsMissing_IsReported_AndNoRetryIsLost()
    {
        _broker.CreateTopic(Entities.Topic);
        _broker.CreateSubscription(
            Entities.Topic, "shop-api", new EntityOptions { RequiresSession = true, MaxDeliveryCount = 1000 },
            [new CorrelationRule("shop.item-sold") { Subject = "shop.item-sold" }]);
        await using var shop = await StartAsync(
            bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(), isEmpty: true);
        shop.Ledger.OnHandling = (seen, _) =>
            seen.Context.Attempt == 1 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;

        await shop.PublishAsync(new ItemSold(1, 1));
        await IsDegradedAsync(shop, "subscription 'shop-api' of topic 'events' has no rule for 'for' = 'shop-api'");
        await Eventually.TrueAsync(() => shop.Ledger.Seen.Count > 1, "the message is delivered again");

        _broker.Declare(shop.Queues());
        await shop.HasEffectsAsync(1);
        Assert.Equal(2, shop.Ledger.Seen[^1].Context.Attempt);
    }

    [Fact]
    public async Task NamespaceThatIsThrottled_TakesAwayNoSession_AndGivesMoreLater()
    {
        await using var shop = await StartAsync(bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>());
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shop.Ledger.OnHandling = (_, token) => end.Task.WaitAsync(token);
        await shop.PublishAsync(new ItemSold(1, 1));
        await Eventually.TrueAsync(() => shop.Ledger.Seen.Count == 1, "a session is held");

        // If a request for the next session waits at the broker already, it gets that of the second message; the one after it is refused.
        _broker.Throttled = Throttling.Sessions;
        await shop.PublishAsync(new ItemSold(2, 2));
        await Eventually.TrueAsync(() => _broker.Refusals >= 2, "another session was asked for again");
        end.SetResult();
        await Eventually.TrueAsync(() => _broker.Count("events/Subscriptions/shop-api") < 2, "the first is acknowledged");

        _broker.Throttled = Throttling.None;
        await shop.PublishAsync(new ItemSold(3, 3));
        await shop.HasEffectsAsync(3);
    }

    [Fact]
    public async Task NamespaceThatIsThrottled_CountsNothing_AndIsLookedThroughLater()
    {
        _broker.Throttled = Throttling.Management;
        await using var shop = await StartAsync(bus => bus.Sends<ChargeCard>(c => $"{c.OrderId}").Subscribe<ItemSold, NoteEffect>());
        var transport = shop.Services.GetRequiredService<ITransport>();
        await Eventually.TrueAsync(() => _broker.Refusals > 0, "the queues are looked for");

        Assert.Null(await transport.MeasureAsync(
            shop.Services.GetRequiredService<TopologyPlan>().Consumed[0], fresh: true, Token));

        _broker.DeleteQueue("shop.charge-card");
        _broker.Throttled = Throttling.None;
        await IsDegradedAsync(shop, "cannot send to queue 'shop.charge-card': it does not exist");
    }

    /// <summary>With this reason: until the service is connected it is degraded too.</summary>
    private static async Task IsDegradedAsync(Service shop, string reason) => await Eventually.AsksAsync(
        shop.HealthAsync,
        health => health.Status == HealthStatus.Degraded && health.Description?.Contains(reason, StringComparison.Ordinal) == true);

    private async Task<Service> StartAsync(Action<EventBusBuilder> declare, TestServiceBus? broker = null, bool isEmpty = false) =>
        await Service.StartAsync(new ServicePlan
        {
            Name = "Shop.Api",
            Declare = declare,
            ServiceBus = broker ?? _broker,
            ServiceBusIsEmpty = isEmpty,
            Postgres = await servers.Servers.CreateDatabaseAsync(Token),
        });
}
