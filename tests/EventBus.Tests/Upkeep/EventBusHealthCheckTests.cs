using System.Data;
using EventBus.Failure;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace EventBus.Tests.Upkeep;

/// <summary>The broker is there and the service makes no progress all the same.</summary>
public sealed class EventBusHealthCheckTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RelayThatFailsForLong_IsNotReady_AndSaysWhy_UntilItWorksAgain()
    {
        var crash = new Crash(CrashPoints.Claimed);
        await using var shop = await StartAsync(new InMemoryBroker(), services: services => services.AddSingleton<CrashPoints>(crash));
        Assert.Equal(HealthStatus.Healthy, (await shop.HealthAsync()).Status);

        await shop.PublishAsync(new ItemSold(1, 1));
        await BecomesAsync(shop, HealthStatus.Unhealthy, "The outbox relay has failed since", "Crashed at relay-claimed");

        crash.IsOver = true;
        await BecomesAsync(shop, HealthStatus.Healthy);
    }

    [Fact]
    public async Task HandlerThatDoesNotEnd_IsNotReady_AndSaysWhichQueue()
    {
        await using var shop = await StartAsync(new InMemoryBroker(), options => options.HandlerTimeout = TimeSpan.FromMilliseconds(100));
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shop.Ledger.OnHandling = (_, _) => end.Task;

        await shop.PublishAsync(new ItemSold(1, 1));
        await BecomesAsync(shop, HealthStatus.Unhealthy, "A handler of 'shop-api' has run since", "ignores its cancellation");

        end.SetResult();
        await BecomesAsync(shop, HealthStatus.Healthy);
    }

    [Fact]
    public async Task MessageThatWaitsForItsStore_IsNoHandlerThatDoesNotEnd()
    {
        await using var shop = await StartAsync(new InMemoryBroker(), options => options.HandlerTimeout = TimeSpan.FromMilliseconds(100));
        shop.Ledger.OnHandling = (_, _) => throw new StoreUnavailableException(new TimeoutException("no answer"));

        await shop.PublishAsync(new ItemSold(1, 1));

        // The pauses before the sixth try take more than three seconds.
        await Eventually.TrueAsync(() => shop.Ledger.Seen.Count == 6, "it is tried again and again");
        Assert.Equal(HealthStatus.Healthy, (await shop.HealthAsync()).Status);
    }

    [Fact]
    public async Task ConsumerWithoutASession_IsNotReady_AndSaysWhy_UntilItHasOne()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await foreign.Channel.QueueDeclareAsync("shop-api", durable: false, exclusive: true, autoDelete: false, cancellationToken: Token);

        // Longer than the pause between two tries.
        await using var shop = await StartAsync(broker, options => options.StuckAfter = TimeSpan.FromSeconds(3));

        await BecomesAsync(shop, HealthStatus.Unhealthy, "Nothing is consumed from 'shop-api' since", "RESOURCE_LOCKED");

        await foreign.Connection.CloseAsync(Token);
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);
        await BecomesAsync(shop, HealthStatus.Healthy);
    }

    [Fact]
    public async Task FailedMessage_ThatTheBrokerDoesNotStore_IsNotReady_AndSaysWhy_UntilItIsStored()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        var full = new Dictionary<string, object?> { ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" };
        await foreign.Channel.QueueDeclareAsync(
            "shop-api.dead-letter", durable: true, exclusive: false, autoDelete: false, full, cancellationToken: Token);
        await using var shop = await StartAsync(broker, options =>
        {
            options.RetryDelays = [];
            options.StuckAfter = TimeSpan.FromSeconds(3);
        });
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("bug");

        // More than are handled at the same time: when the first fails, the session ends and the others are dropped.
        await shop.PublishAsync([.. Enumerable.Range(1, 50).Select(i => new ItemSold(i, i))]);
        await BecomesAsync(
            shop, HealthStatus.Unhealthy,
            "Messages of 'shop-api' cannot be settled since", "did not store a message in 'shop-api.dead-letter'");

        await foreign.Channel.QueueDeleteAsync("shop-api.dead-letter", cancellationToken: Token);
        await shop.HasDeadLettersAsync(50);
        await BecomesAsync(shop, HealthStatus.Healthy);
    }

    /// <summary>A transaction that only reads blocks the clean-up by its snapshot, one that has written by its id.</summary>
    [Theory]
    [InlineData(IsolationLevel.RepeatableRead, false)]
    [InlineData(IsolationLevel.ReadCommitted, true)]
    public async Task LongTransaction_IsMeasured_AndReported_UntilItEnds(IsolationLevel isolation, bool writes)
    {
        await using var shop = await StartAsync(new InMemoryBroker(), options => options.LongTransactionAfter = TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Healthy, (await shop.HealthAsync()).Status);

        await shop.WithDbAsync(async db =>
        {
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(isolation, Token);
                db.Effects.Add(new Effect());
                await (writes ? db.SaveChangesAsync(Token) : db.Effects.CountAsync(Token));
                await BecomesAsync(
                    shop,
                    HealthStatus.Degraded,
                    "A transaction of the database has been open for",
                    "relayed rows of the outbox cannot be cleaned up");
            });
            return true;
        });

        await BecomesAsync(shop, HealthStatus.Healthy);
    }

    private static async Task BecomesAsync(Service shop, HealthStatus status, params string[] reasons)
    {
        HealthReportEntry health = default;
        await Eventually.TrueAsync(async () => (health = await shop.HealthAsync()).Status == status, $"health is {status}");
        Assert.All(reasons, reason => Assert.Contains(reason, health.Description, StringComparison.Ordinal));
    }

    private Task<Service> StartAsync(
        InMemoryBroker broker, Action<EventBusOptions>? configure = null, Action<IServiceCollection>? services = null) =>
        StartAsync(plan => plan with { Broker = broker, Services = services ?? plan.Services }, configure);

    private Task<Service> StartAsync(string broker, Action<EventBusOptions>? configure = null) =>
        StartAsync(plan => plan with { RabbitMq = broker }, configure);

    private async Task<Service> StartAsync(Func<ServicePlan, ServicePlan> transport, Action<EventBusOptions>? configure) =>
        await Service.StartAsync(transport(new ServicePlan
        {
            Name = "Shop.Api",
            Declare = bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(),
            Configure = options =>
            {
                options.StuckAfter = TimeSpan.FromSeconds(1);
                configure?.Invoke(options);
            },
            Postgres = await servers.Servers.CreateDatabaseAsync(Token),
        }));

    /// <summary>Throws at one crash point until it is disabled.</summary>
    private sealed class Crash(string point) : CrashPoints
    {
        public bool IsOver { get; set; }

        public override Task PassAsync(string passed) =>
            passed == point && !IsOver ? throw new InvalidOperationException($"Crashed at {point}.") : Task.CompletedTask;
    }
}
