using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using RabbitMQ.Client;
using Servers;

namespace EventBus.Tests.RabbitMq;

/// <summary>A service that accepts its messages from one account only.</summary>
public sealed class SenderTests(TestServers servers)
{
    private const string WrongSender = "wrong-sender";
    private const string OriginUser = "x-origin-user";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MessageOfTheOwner_IsHandled_AlsoAfterARetryAndAReplay()
    {
        var broker = new Uri(await servers.Servers.CreateVirtualHostAsync(Token));
        await using var shop = await StartAsync(await AccountAsync(broker, "stock"));
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("not yet");
        await using var owner = await ForeignClient.ConnectAsync(await AccountAsync(broker, "sales"));
        await IsDeclaredAsync(owner.Connection);

        await owner.PublishAsync(ItemSold("sales"), Body);
        Assert.Equal("handler-failed", Assert.Single(await shop.HasDeadLettersAsync(1)).Reason);
        shop.Ledger.OnHandling = (_, _) => Task.CompletedTask;
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api" }, 1);

        await shop.HasEffectsAsync(1);
    }

    [Theory]
    [InlineData("sales")]
    [InlineData("returns")]
    public async Task MessageOfAnyPermittedSender_IsHandled(string sender)
    {
        var broker = new Uri(await servers.Servers.CreateVirtualHostAsync(Token));
        await using var shop = await StartAsync(await AccountAsync(broker, "stock"), senders: ["sales", "returns"]);
        await using var client = await ForeignClient.ConnectAsync(await AccountAsync(broker, sender));
        await using var thief = await ForeignClient.ConnectAsync(await AccountAsync(broker, "thief"));
        await IsDeclaredAsync(client.Connection);

        await thief.PublishAsync(ItemSold("thief"), Body);
        await client.PublishAsync(ItemSold(sender), Body);

        await shop.HasEffectsAsync(1);
        var letter = Assert.Single(await shop.HasDeadLettersAsync(1));
        Assert.Contains("only 'sales' and 'returns' may publish it", letter.ExceptionMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thief", null)]
    [InlineData(null, null)]
    [InlineData("thief", "sales")]
    [InlineData(null, "sales")]
    public async Task MessageOfAnother_IsADeadLetter_AlsoAfterAReplay(string? user, string? origin)
    {
        var broker = new Uri(await servers.Servers.CreateVirtualHostAsync(Token));
        await using var shop = await StartAsync(await AccountAsync(broker, "stock"));
        await using var thief = await ForeignClient.ConnectAsync(await AccountAsync(broker, "thief"));
        var message = ItemSold(user);
        if (origin is not null)
        {
            message.Headers = new Dictionary<string, object?> { [OriginUser] = origin };
        }

        await IsDeclaredAsync(thief.Connection);
        await thief.PublishAsync(message, Body);

        var letter = Assert.Single(await shop.HasDeadLettersAsync(1));
        Assert.Equal(WrongSender, letter.Reason);
        Assert.Contains("only 'sales' may publish it", letter.ExceptionMessage, StringComparison.Ordinal);
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api" }, 1);
        letter = Assert.Single(await shop.HasDeadLettersAsync(1));
        Assert.Equal(WrongSender, letter.Reason);
        Assert.NotNull(letter.ReplayOf);
        Assert.Empty(await shop.EffectsAsync());
    }

    [Fact]
    public async Task CheckSendersOff_AcceptsEverySender()
    {
        var broker = new Uri(await servers.Servers.CreateVirtualHostAsync(Token));
        await using var shop = await StartAsync(await AccountAsync(broker, "stock"), options => options.CheckSenders = false);
        await using var anyone = await ForeignClient.ConnectAsync(await AccountAsync(broker, "thief"));
        await IsDeclaredAsync(anyone.Connection);

        await anyone.PublishAsync(ItemSold(null), Body);

        await shop.HasEffectsAsync(1);
    }

    private const string Body = """{"productId":2,"sequence":7}""";

    private static BasicProperties ItemSold(string? user)
    {
        var message = new BasicProperties { MessageId = $"{Guid.NewGuid()}", Type = "shop.item-sold" };
        if (user is not null)
        {
            message.UserId = user;
        }

        return message;
    }

    private static Task IsDeclaredAsync(IConnection connection) => Eventually.SucceedsAsync(async () =>
    {
        // A missing queue closes the channel.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        await channel.QueueBindAsync("shop-api", "events", "shop.item-sold", cancellationToken: Token);
    });

    private Task<string> AccountAsync(Uri broker, string name) =>
        servers.Servers.CreateAccountAsync(broker, name, new BrokerRights(), Token);

    private async Task<Service> StartAsync(string broker, Action<EventBusOptions>? configure = null, string[]? senders = null) =>
        await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus => bus.Subscribe<ItemSold, NoteEffect>().AcceptOnly("shop", senders ?? ["sales"]),
        Configure = configure ?? (_ => { }),
        RabbitMq = broker,
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    });
}
