using EventBus.Outbox;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using Servers;

namespace EventBus.Tests.RabbitMq;

/// <summary>A service whose account may declare only its own queues.</summary>
public sealed class OwnTopologyTests(TestServers servers)
{
    private static readonly BrokerRights OwnQueues = new(
        Configure: "^shop-api(\\..*)?$", Write: "^(events|amq\\.default|shop-api(\\..*)?)$", Read: "^(events|shop-api(\\..*)?)$");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsShared_IsReportedWhileItIsMissing_AndUsedOnceItIsThere()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        var account = await servers.Servers.CreateAccountAsync(new Uri(broker), "least", OwnQueues, Token);
        await using var shop = await StartAsync(account);

        foreach (var missing in (string[])["exchange 'events'", "queue 'billing-api'"])
        {
            await Eventually.AsksAsync(
                shop.HealthAsync,
                health => health.Description?.Contains($"The {missing} does not exist", StringComparison.Ordinal) == true);
        }

        await shop.PublishAsync(new ItemSold(1, 1));

        // The administrator's part. The exchange alone is not enough: the event would be lost for the queue that comes later.
        await using var administrator = await ForeignClient.ConnectAsync(broker);
        var channel = administrator.Channel;
        await channel.ExchangeDeclareAsync("events", ExchangeType.Topic, durable: true, cancellationToken: Token);
        await DeclareQueueAsync("unrouted");
        await Eventually.AsksAsync(shop.HealthAsync, health => health.Description is { } missing
            && !missing.Contains("'events'", StringComparison.Ordinal) && !missing.Contains("'unrouted'", StringComparison.Ordinal));
        Assert.Empty(await shop.EffectsAsync());
        Assert.Equal(1, (await shop.Services.GetRequiredService<IOutbox>().MeasureAsync(Token)).Count);

        await DeclareQueueAsync("billing-api");
        await channel.QueueBindAsync("billing-api", "events", "shop.item-sold", cancellationToken: Token);
        await channel.ExchangeDeclareAsync("commands", ExchangeType.Direct, durable: true, cancellationToken: Token);

        await shop.OutboxIsEmptyAsync();
        await shop.HasEffectsAsync(1);
        Assert.Equal(1u, await channel.MessageCountAsync("billing-api", Token));
        await IsHealthyAsync(shop);

        Task DeclareQueueAsync(string queue) =>
            channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
    }

    [Fact]
    public async Task FailedMessage_IsRetriedAndParked_InTheServicesOwnQueues()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var administrator = await StartAsync(broker, declareShared: true);
        var account = await servers.Servers.CreateAccountAsync(new Uri(broker), "least", OwnQueues, Token);
        await IsHealthyAsync(administrator);
        await administrator.StopAsync();
        await using var shop = await StartAsync(account);
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");

        await shop.PublishAsync(new ItemSold(1, 1));

        Assert.Equal(3, Assert.Single(await shop.HasDeadLettersAsync(1)).Attempts);
    }

    private static async Task IsHealthyAsync(Service service) =>
        await Eventually.AsksAsync(service.HealthAsync, health => health.Status == HealthStatus.Healthy);

    private async Task<Service> StartAsync(string broker, bool declareShared = false) => await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus => bus
            .Publishes<ItemSold>(e => $"{e.ProductId}", requiredBy: ["billing-api"])
            .Subscribe<ItemSold, NoteEffect>(),
        Configure = options => options.DeclareShared = declareShared,
        RabbitMq = broker,
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    });
}
