using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace EventBus.Tests.RabbitMq;

/// <summary>Messages of other AMQP clients, which may hold anything.</summary>
public sealed class ForeignMessageTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MessageOfAnotherClient_IsHandled_WithTheLeastProperties()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var shop = await StartAsync(broker);
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);

        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await foreign.PublishAsync(
            new BasicProperties { MessageId = $"{Guid.NewGuid()}", Type = "shop.item-sold", CorrelationId = "their-flow" },
            """{"productId":2,"sequence":7,"something":"new"}""");

        await shop.HasEffectsAsync(2);
        var seen = Assert.Single(shop.Ledger.Seen, seen => seen.Message is ItemSold { Sequence: 7 });
        Assert.Equal(("their-flow", "their-flow", 0L), (seen.Context.CorrelationId, seen.Context.Key, seen.Context.Version));
    }

    /// <summary>
    /// Milliseconds instead of seconds are beyond year 9999. Such a message was never acknowledged, and 200 of them stopped the service.
    /// </summary>
    [Theory]
    [InlineData(1_790_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public async Task TimestampOutOfRange_CountsAsAbsent_AndManySuchMessagesAreHandled(long timestamp)
    {
        const int Count = 250;
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var shop = await StartAsync(broker);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await shop.PublishAsync(new ItemSold(0, 0));
        await shop.HasEffectsAsync(1);

        for (var i = 1; i <= Count; i++)
        {
            await foreign.PublishAsync(
                new BasicProperties { MessageId = $"{Guid.NewGuid()}", Type = "shop.item-sold", Timestamp = new AmqpTimestamp(timestamp) },
                $$"""{"productId":{{i}},"sequence":1}""");
        }

        await shop.HasEffectsAsync(Count + 1);
        Assert.All(shop.Ledger.Seen, seen => Assert.InRange(seen.Context.CreatedAt.Year, 2020, 2100));
        Assert.Equal(HealthStatus.Healthy, (await shop.HealthAsync()).Status);
    }

    /// <summary>AMQP headers may be tables, lists, floating-point numbers and null.</summary>
    [Fact]
    public async Task HeadersOfAnyType_AreCarried_AndDoNotEndTheConsumer()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var shop = await StartAsync(broker);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await shop.PublishAsync(new ItemSold(0, 0));
        await shop.HasEffectsAsync(1);
        object?[] values =
            [new Dictionary<string, object?> { ["a"] = 1 }, new List<object?> { 1, "two" }, 1.5, null, true, new byte[] { 0xff, 0xfe }];

        foreach (var (value, i) in values.Select((value, i) => (value, i + 1)))
        {
            var headers = new Dictionary<string, object?>
            {
                ["key"] = $"{i}", ["version"] = value, ["x-attempt"] = value, ["x-created-at"] = value, ["traceparent"] = value,
                ["baggage"] = value,
            };
            await foreign.PublishAsync(
                new BasicProperties { MessageId = $"{Guid.NewGuid()}", Type = "shop.item-sold", Headers = headers },
                $$"""{"productId":{{i}},"sequence":1}""");
        }

        await shop.HasEffectsAsync(values.Length + 1);
    }

    /// <summary>
    /// With the headers that describe a failure, the frame would be larger than the connection allows, and the broker would end it.
    /// </summary>
    [Fact]
    public async Task HeadersThatFillTheirFrame_BecomeADeadLetter_AndOthersAreHandled()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var shop = await StartAsync(broker);
        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await shop.PublishAsync(new ItemSold(0, 0));
        await shop.HasEffectsAsync(1);

        var headers = new Dictionary<string, object?> { ["note"] = new string('x', (int)foreign.Connection.FrameMax - 300) };
        await foreign.PublishAsync(
            new BasicProperties { MessageId = "not-a-uuid", Type = "shop.item-sold", Headers = headers },
            """{"productId":1,"sequence":1}""");

        Assert.Equal("bad-envelope", Assert.Single(await shop.HasDeadLettersAsync(1)).Reason);
        await shop.PublishAsync(new ItemSold(2, 1));
        await shop.HasEffectsAsync(2);
    }

    /// <summary>AMQP limits a correlation id to 255 bytes: what a handler published about such a message was never relayed.</summary>
    [Fact]
    public async Task KeyLongerThanACorrelationIdMayBe_DoesNotStopTheRelay()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var payments = await StartAsync(broker, bus => bus
            .Sends<ChargeCard>(c => $"{c.OrderId}").Handle<ChargeCard, NoteEffect>()
            .Publishes<CardCharged>(e => $"{e.OrderId}").Subscribe<CardCharged, NoteEffect>());
        await payments.SendAsync(new ChargeCard(Guid.NewGuid(), 1m));
        await payments.HasEffectsAsync(2);

        await using var foreign = await ForeignClient.ConnectAsync(broker);
        await foreign.PublishAsync(
            new BasicProperties
            {
                MessageId = $"{Guid.NewGuid()}", Type = "shop.charge-card",
                Headers = new Dictionary<string, object?> { ["key"] = new string('k', 400) },
            },
            $$"""{"orderId":"{{Guid.NewGuid()}}","amount":1}""",
            exchange: "commands");

        await payments.HasEffectsAsync(4);
        await payments.OutboxIsEmptyAsync();
    }

    private async Task<Service> StartAsync(string broker, Action<EventBusBuilder>? declare = null) =>
        await Service.StartAsync(new ServicePlan
        {
            Name = "Shop.Api",
            Declare = declare ?? (bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>()),
            RabbitMq = broker,
            Postgres = await servers.Servers.CreateDatabaseAsync(Token),
        });
}
