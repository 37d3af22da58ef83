using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using ServiceBusBroker;

namespace EventBus.Tests.AzureServiceBus;

/// <summary>Messages of other clients, which may have a body of any kind.</summary>
public sealed class ForeignMessageTests(TestServers servers) : IAsyncDisposable
{
    private const string Session = "0";

    private readonly TestServiceBus _broker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task TextOrBytes_AreReadLikeData()
    {
        await using var shop = await StartAsync();

        await SendAsync(
            AmqpMessageBody.FromValue("""{"productId":1,"sequence":1}"""),
            AmqpMessageBody.FromValue("""{"productId":1,"sequence":2}"""u8.ToArray()),
            AmqpMessageBody.FromData(["""{"productId":1,"""u8.ToArray(), """ "sequence":3}"""u8.ToArray()]));

        await shop.HasEffectsAsync(3);
        Assert.Equal([1, 2, 3], (await shop.EffectsAsync()).Select(effect => effect.Number));
    }

    /// <summary>Such a message was never acknowledged, and its session was received without end.</summary>
    [Fact]
    public async Task OtherValues_BecomeDeadLetters_AndTheNextMessageOfTheirSessionIsHandled()
    {
        await using var shop = await StartAsync();

        await SendAsync(
            AmqpMessageBody.FromValue(42),
            AmqpMessageBody.FromSequence([[1, "two"]]),
            AmqpMessageBody.FromValue("""{"productId":1,"sequence":3}"""));

        await shop.HasEffectsAsync(1);
        Assert.All(await shop.HasDeadLettersAsync(2), letter => Assert.Equal(("bad-body", ""), (letter.Reason, letter.Body)));
    }

    private async Task SendAsync(params AmqpMessageBody[] bodies)
    {
        await using var client = new ServiceBusClient(_broker.ConnectionString);
        await using var sender = client.CreateSender(Entities.Topic);
        foreach (var body in bodies)
        {
            var message = new ServiceBusMessage { MessageId = $"{Guid.NewGuid()}", Subject = "shop.item-sold", SessionId = Session };
            message.GetRawAmqpMessage().Body = body;
            await sender.SendMessageAsync(message, Token);
        }
    }

    private async Task<Service> StartAsync() => await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(),
        ServiceBus = _broker,
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    });
}
