using System.Text;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.Tests.RabbitMq;

public sealed class RabbitTopologyTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QueueWithOtherArguments_IsReportedAndUsed_NotDestroyed()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await foreign.Channel.QueueDeclareAsync("shop-api", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        await foreign.Channel.BasicPublishAsync("", "shop-api", Encoding.UTF8.GetBytes("an old message"), Token);

        await using var shop = await StartAsync(broker);
        await shop.PublishAsync(new ItemSold(1, 1));

        await shop.HasEffectsAsync(1);
        var health = await shop.HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("queue 'shop-api'", health.Description, StringComparison.Ordinal);
        Assert.Equal("an old message", Assert.Single(await shop.HasDeadLettersAsync(1)).Body);
    }

    [Fact]
    public async Task EventWithoutReceiver_IsKeptAsUnrouted()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var shop = await StartAsync(broker);

        await shop.PublishAsync(new PriceChanged(1, 10, 1));

        await shop.OutboxIsEmptyAsync();
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await Eventually.TrueAsync(
            async () => await foreign.Channel.MessageCountAsync("unrouted", Token) == 1, "the event is in 'unrouted'");
    }

    [Fact]
    public async Task BindingOfACommand_ThatWasRemoved_IsRestored_AndTheCommandArrives()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var ordering = await StartAsync(broker);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await Eventually.TrueAsync(() => IsThereAsync(foreign.Connection, "shop.charge-card"), "the queue is declared");
        await foreign.Channel.QueueUnbindAsync("shop.charge-card", "commands", "shop.charge-card", cancellationToken: Token);

        await ordering.SendAsync(new ChargeCard(Guid.NewGuid(), 1m));

        await ordering.OutboxIsEmptyAsync();
        Assert.Equal(1u, await foreign.Channel.MessageCountAsync("shop.charge-card", Token));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("commands")]
    public async Task DeletedExchange_IsDeclaredAgain_AndNothingIsLost(string exchange)
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var shop = await StartAsync(broker);
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);
        await using var foreign = await ForeignClient.ConnectAsync(broker);

        await foreign.Channel.ExchangeDeleteAsync(exchange, cancellationToken: Token);
        await shop.PublishAsync(new ItemSold(1, 2));
        await shop.SendAsync(new ChargeCard(Guid.NewGuid(), 1m));

        await shop.HasEffectsAsync(2);
        await shop.OutboxIsEmptyAsync();
        Assert.Equal(1u, await foreign.Channel.MessageCountAsync("shop.charge-card", Token));
    }

    [Fact]
    public async Task DeletedQueue_IsDeclaredAgain_AndConsumed()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await foreign.DeclareClassicQueueAsync("shop-api");
        await using var shop = await StartAsync(broker);
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);

        await foreign.Channel.QueueDeleteAsync("shop-api", cancellationToken: Token);

        // An event without required consumers is lost for a missing queue. The next event goes to the queue that was declared again.
        await Eventually.TrueAsync(() => IsThereAsync(foreign.Connection, "shop-api"), "the queue is there again");
        await shop.PublishAsync(new ItemSold(1, 2));

        await shop.HasEffectsAsync(2);
    }

    [Fact]
    public async Task DeletedQueuesOfFailedMessages_AreDeclaredAgain_AndTheMessageKeepsItsAttempts()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var shop = await StartAsync(broker);

        // A message that has passed the queues has started them. RabbitMQ 3.10 may stop dead-lettering in all queues of the broker if one
        // is deleted while it starts.
        shop.Ledger.OnHandling = (seen, _) =>
            seen.Context.Attempt < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await shop.PublishAsync(new ItemSold(0, 0));
        await shop.HasEffectsAsync(1);
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        foreach (var queue in new[] { "shop-api.retry.50ms", "shop-api.retry.100ms", "shop-api.dead-letter" })
        {
            await foreign.Channel.QueueDeleteAsync(queue, cancellationToken: Token);
        }

        await shop.PublishAsync(new ItemSold(1, 1));

        Assert.Equal(3, Assert.Single(await shop.HasDeadLettersAsync(1)).Attempts);
        Assert.Equal([1, 2, 3, 1, 2, 3], shop.Ledger.Seen.Select(seen => seen.Context.Attempt));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task RequiredEventWithoutAQueue_StaysInTheOutbox_WithLaterOnesOfItsKey_WhileOthersPass(string store)
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var foreign = await ForeignClient.ConnectAsync(broker);

        // An exclusive queue of another connection, which no other connection may declare or bind.
        await foreign.Channel.QueueDeclareAsync(
            "ordering-api", durable: false, exclusive: true, autoDelete: false, cancellationToken: Token);
        await using var shop = await Service.StartAsync(await PlanAsync(store, broker, "Shop.Api", bus => bus
            .Publishes<ItemSold>(e => $"{e.ProductId}", requiredBy: ["ordering-api"])
            .Publishes<StockChanged>(e => $"{e.ProductId}").Subscribe<StockChanged, NoteEffect>()));

        await shop.PublishAsync(new ItemSold(1, 1), new StockChanged(1, 7, 100), new StockChanged(2, 7, 200), new StockChanged(4, 7, 400));
        await shop.HasEffectsAsync(2);
        await Eventually.TrueAsync(
            async () => (await shop.HealthAsync()).Description?
                .Contains("No queue receives 'shop.item-sold'", StringComparison.Ordinal) == true, "the wait is reported");
        Assert.Equal(HealthStatus.Degraded, (await shop.HealthAsync()).Status);
        await shop.PublishAsync(new ItemSold(1, 2), new ItemSold(3, 3), new StockChanged(5, 7, 500));
        await shop.HasEffectsAsync(3);

        await foreign.Connection.CloseAsync(Token);
        await using var ordering = await Service.StartAsync(
            await PlanAsync(store, broker, "Ordering.Api", bus => bus.Subscribe<ItemSold, NoteEffect>()));

        await ordering.HasEffectsAsync(3);
        Assert.Equal([1, 2], (await ordering.EffectsAsync()).Where(effect => effect.Key == "1").Select(effect => effect.Number));
        await shop.HasEffectsAsync(4);
        await shop.OutboxIsEmptyAsync();
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Healthy, "all is well again");
    }

    [Fact]
    public async Task AlternateExchangeOfAnOlderVersion_ReceivesNothing_AndForeignBindingsStay()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await foreign.Channel.ExchangeDeclareAsync("unrouted", ExchangeType.Fanout, durable: true, cancellationToken: Token);
        await foreign.Channel.ExchangeDeclareAsync(
            "events", ExchangeType.Topic, durable: true, arguments: new Dictionary<string, object?> { ["alternate-exchange"] = "unrouted" },
            cancellationToken: Token);
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = 1_000_000_000,
            ["x-max-length"] = 10_000,
            ["x-overflow"] = "drop-head",
        };
        await foreign.Channel.QueueDeclareAsync(
            "unrouted", durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: Token);
        await foreign.Channel.QueueBindAsync("unrouted", "unrouted", "", cancellationToken: Token);
        await foreign.Channel.QueueDeclareAsync("theirs", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        await foreign.Channel.QueueBindAsync("theirs", "events", "shop.#", cancellationToken: Token);

        await using var shop = await StartAsync(broker);
        await shop.PublishAsync(new ItemSold(1, 1), new PriceChanged(1, 10, 1));
        await shop.OutboxIsEmptyAsync();
        Assert.Equal(2u, await foreign.Channel.MessageCountAsync("theirs", Token));

        await foreign.Channel.QueueDeleteAsync("theirs", cancellationToken: Token);
        await shop.PublishAsync(new PriceChanged(1, 11, 2));
        await shop.OutboxIsEmptyAsync();
        var aside = await foreign.Channel.BasicGetAsync("unrouted", autoAck: true, Token);
        Assert.Equal(("shop.price-changed", "events"), (aside?.BasicProperties.Type, TextOf(aside, "x-origin-exchange")));
        Assert.Equal(HealthStatus.Healthy, (await shop.HealthAsync()).Status);
    }

    private static string? TextOf(BasicGetResult? message, string header) =>
        message?.BasicProperties.Headers?[header] is byte[] text ? Encoding.UTF8.GetString(text) : null;

    private async Task<Service> StartAsync(string broker) =>
        await Service.StartAsync(await PlanAsync("postgres", broker, "Shop.Api", bus => bus
        .Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>()
        .Publishes<PriceChanged>(e => $"{e.ProductId}")
        .Sends<ChargeCard>(c => $"{c.OrderId}")));

    private async Task<ServicePlan> PlanAsync(string store, string broker, string name, Action<EventBusBuilder> declare) => new()
    {
        Name = name,
        Declare = declare,
        RabbitMq = broker,
        Postgres = store == "postgres" ? await servers.Servers.CreateDatabaseAsync(Token) : null,
        Redis = store == "redis" ? await servers.CreateEmptyRedisAsync() : null,
    };

    // The broker closes a channel that checks for a missing queue.
    private static async Task<bool> IsThereAsync(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, Token);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }
}
