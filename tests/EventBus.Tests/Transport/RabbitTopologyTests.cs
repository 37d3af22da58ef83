using System.Text;
using EventBus.Outbox;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace EventBus.Tests.Transport;

public sealed class RabbitTopologyTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QueueWithOtherArguments_IsReportedAndUsed_NotDestroyed()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var stranger = await ConnectAsync(broker);
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await channel.QueueDeclareAsync("shop-api", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        await channel.BasicPublishAsync("", "shop-api", Encoding.UTF8.GetBytes("an old message"), Token);

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
        var transport = shop.Services.GetRequiredService<ITransport>();
        await Eventually.TrueAsync(async () => await transport.CountAsync("unrouted", Token) == 1, "the event is in 'unrouted'");
    }

    [Fact]
    public async Task CommandWhoseQueueIsGone_StaysInTheOutbox_UntilTheQueueIsBack()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var ordering = await StartAsync(broker);
        await using var stranger = await ConnectAsync(broker);
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await Eventually.TrueAsync(async () => await ordering.Services.GetRequiredService<ITransport>().CountAsync("shop.charge-card", Token) == 0, "the queue is declared");
        await channel.QueueUnbindAsync("shop.charge-card", "commands", "shop.charge-card", cancellationToken: Token);

        await ordering.SendAsync(new ChargeCard(Guid.NewGuid(), 1m));
        var relay = ordering.Services.GetRequiredService<RelayService>();
        await Eventually.TrueAsync(() => relay.Relays.Any(partition => partition.Fault?.Contains("not taken", StringComparison.Ordinal) == true), "the refusal is noticed");

        await channel.QueueBindAsync("shop.charge-card", "commands", "shop.charge-card", cancellationToken: Token);
        await ordering.OutboxIsEmptyAsync();
        Assert.Equal(1u, await channel.MessageCountAsync("shop.charge-card", Token));
    }

    [Fact]
    public async Task MessageOfAnotherClient_IsHandled_WithAlmostNothingInIt()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var shop = await StartAsync(broker);
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);

        await using var stranger = await ConnectAsync(broker);
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await channel.BasicPublishAsync(
            "events",
            "shop.item-sold",
            mandatory: false,
            new BasicProperties { MessageId = $"{Guid.NewGuid()}", Type = "shop.item-sold", CorrelationId = "their-flow" },
            Encoding.UTF8.GetBytes("""{"productId":2,"sequence":7,"something":"new"}"""),
            Token);

        await shop.HasEffectsAsync(2);
        var seen = Assert.Single(shop.Ledger.Seen, seen => seen.Message is ItemSold { Sequence: 7 });
        Assert.Equal(("their-flow", "their-flow", 0L), (seen.Context.CorrelationId, seen.Context.Key, seen.Context.Version));
    }

    private static Task<IConnection> ConnectAsync(string broker) => new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync(Token);

    private async Task<Service> StartAsync(string broker) => await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus => bus
            .Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>()
            .Publishes<PriceChanged>(e => $"{e.ProductId}")
            .Sends<ChargeCard>(c => $"{c.OrderId}"),
        RabbitMq = broker,
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    });
}
