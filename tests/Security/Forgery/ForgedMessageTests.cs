using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Security.Leaks;
using Servers;

namespace Security.Forgery;

/// <summary>Somebody has the broker account of one service and publishes what only another service may publish.</summary>
public sealed class ForgedMessageTests(RunningShop shop)
{
    // Which service receives which messages, and who owns them.
    private static readonly (string Service, string Queue, string[] Owners, string[] Types)[] Received =
    [
        ("catalog-api", "catalog-api", ["ordering-api"],
            ["ordering.order-placed", "ordering.order-paid", "ordering.order-shipped", "ordering.order-cancelled"]),
        ("basket-api", "basket-api", ["catalog-api"],
            ["catalog.product-changed", "catalog.price-changed", "catalog.stock-level-changed", "catalog.product-discontinued"]),
        ("basket-api", "basket-api", ["webapp"], ["identity.guest-adopted", "identity.user-deleted"]),
        ("ordering-api", "ordering-api", ["webapp"],
            ["identity.user-registered", "identity.guest-adopted", "identity.user-changed", "identity.user-deleted"]),
        ("ordering-api", "ordering-api", ["basket-api"], ["basket.basket-checked-out"]),
        ("ordering-api", "ordering-api", ["catalog-api"], ["catalog.stock-reserved", "catalog.stock-rejected"]),
        ("ordering-api", "ordering.take-payment", ["ordering-api"], ["ordering.take-payment"]),
        ("ordering-api", "ordering.refund-payment", ["ordering-api"], ["ordering.refund-payment"]),
        ("ordering-api", "ordering.expire-order", ["ordering-api"], ["ordering.expire-order"]),
        ("webapp", "webapp", ["catalog-api"], ["catalog.price-changed", "catalog.stock-level-changed", "catalog.product-discontinued"]),
        ("webapp", "webapp", ["ordering-api"],
            ["ordering.order-placed", "ordering.order-stock-reserved", "ordering.order-paid", "ordering.order-shipped",
                "ordering.order-cancelled", "ordering.order-refunded"]),
        ("webapp", "identity.mail-password-link", ["webapp"], ["identity.mail-password-link"]),
        ("webapp", "audit.record-action", ["catalog-api", "ordering-api"], ["audit.record-action"]),
        ("webapp", "mail.send-mail", ["ordering-api"], ["mail.send-mail"]),
    ];

    // They send a command to another service, and the right to the exchange of commands is one to all commands. The receiver checks the
    // sender.
    private static readonly string[] SendersOfCommands = ["catalog-api", "ordering-api", "webapp"];

    public static TheoryData<string> Services => [.. RunningShop.Services];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Broker_RefusesEventsOfAnother_AndTheNameOfAnother(string attacker)
    {
        await using var connection = await new Account(shop.EnvironmentOf(attacker)).ConnectToBrokerAsync(Stop);

        foreach (var type in Received.Where(received => !received.Owners.Contains(attacker))
            .SelectMany(received => received.Types).Distinct())
        {
            if (Exchange(type) != "commands" || !SendersOfCommands.Contains(attacker))
            {
                await IsClosedAsync(connection, 403, Exchange(type), type, Properties(type, attacker));
            }

            await IsClosedAsync(connection, 406, "", attacker, Properties(type, "someone-else"));
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task MessagesOfAnother_SentStraightToAQueue_AreParkedWithTheReason(string attacker)
    {
        await using var connection = await new Account(shop.EnvironmentOf(attacker)).ConnectToBrokerAsync(Stop);
        await using var channel = await OpenAsync(connection);
        var forged = new List<(string Service, string Id)>();

        // In its own queue a service can do what it likes anyway.
        foreach (var (service, queue, owners, types) in Received.Where(
            received => !received.Owners.Contains(attacker) && received.Service != attacker))
        {
            foreach (var type in types)
            {
                var pretending = Properties(type, attacker);
                pretending.Headers!["x-origin-user"] = owners[0];
                foreach (var properties in (BasicProperties[])[Properties(type, attacker), Properties(type, null), pretending])
                {
                    await channel.BasicPublishAsync("", queue, mandatory: true, properties, "{}"u8.ToArray(), Stop);
                    forged.Add((service, properties.MessageId!));
                }
            }
        }

        using var admin = await Person.AdminAsync(shop.Gateway, Stop);
        foreach (var service in forged.GroupBy(message => message.Service, message => message.Id))
        {
            var letters = await LettersAsync(admin, service.Key, service.ToHashSet());
            Assert.All(letters, letter => Assert.Equal("wrong-sender", (string)letter["reason"]!));
        }
    }

    [Fact]
    public async Task ForgedCheckout_PlacesNoOrder_AndStaysParkedWhenItIsReplayed()
    {
        using var buyer = await Person.UserAsync(shop, "user", Stop);
        using var admin = await Person.AdminAsync(shop.Gateway, Stop);
        await using var connection = await new Account(shop.EnvironmentOf("catalog-api")).ConnectToBrokerAsync(Stop);
        var (type, order) = ("basket.basket-checked-out", Guid.CreateVersion7());
        var properties = Properties(type, "catalog-api");
        await using (var channel = await OpenAsync(connection))
        {
            await channel.BasicPublishAsync("", "ordering-api", mandatory: true, properties, Json(new
            {
                orderId = order,
                buyerId = SubjectOf(buyer),
                buyerName = "Mallory",
                buyerEmail = "mallory@example.com",
                currency = "EUR",
                total = 0.01m,
                lines = new[] { new { productId = 1, productName = "Everything", unitPrice = 0.01m, quantity = 1 } },
                shippingAddress = new { street = "1", city = "Porto", country = "Portugal", zipCode = "4000" },
                card = new { number = Person.GoodCard, holder = "M", expiration = "12/40", securityCode = "123" },
            }), Stop);
        }

        var letter = Assert.Single(await LettersAsync(admin, "ordering-api", [properties.MessageId!]));
        Assert.Equal("basket.basket-checked-out was published by 'catalog-api'; only 'basket-api' may publish it.",
            (string)letter["exceptionMessage"]!);
        using var replayed = await admin.Http.PostAsync(
            new Uri(shop.Gateway, $"api/dead-letters/ordering-api/messages/{letter["id"]}/replay"), content: null, Stop);
        replayed.EnsureSuccessStatusCode();

        var again = Assert.Single(await LettersAsync(
            admin, "ordering-api", [properties.MessageId!], letter => (string?)letter["replayOf"] is not null));
        Assert.Equal("wrong-sender", (string)again["reason"]!);
        using var asked = await buyer.Http.GetAsync(new Uri(shop.Gateway, $"api/orders/{order}"), Stop);
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
    }

    [Fact]
    public async Task ForgedAdoption_MovesNoOrders()
    {
        using var victim = await Person.UserAsync(shop, "user", Stop);
        using var thief = await Person.UserAsync(shop, "other user", Stop);
        using var admin = await Person.AdminAsync(shop.Gateway, Stop);
        var order = await victim.BuyAsync(shop.Gateway, Stop);
        var type = "identity.guest-adopted";
        var properties = Properties(type, "basket-api");
        await using var connection = await new Account(shop.EnvironmentOf("basket-api")).ConnectToBrokerAsync(Stop);
        await using var channel = await OpenAsync(connection);
        await channel.BasicPublishAsync(
            "", "ordering-api", mandatory: true, properties, Json(new { guestId = SubjectOf(victim), userId = SubjectOf(thief) }), Stop);

        await LettersAsync(admin, "ordering-api", [properties.MessageId!]);

        await victim.SeesAsync(shop.Gateway, order);
        using var stolen = await thief.Http.GetAsync(new Uri(shop.Gateway, $"api/orders/{order}"), Stop);
        Assert.Equal(HttpStatusCode.NotFound, stolen.StatusCode);
    }

    private static string Exchange(string type) =>
        type is "ordering.take-payment" or "ordering.refund-payment" or "ordering.expire-order" or "mail.send-mail"
            or "audit.record-action" or "identity.mail-password-link" ? "commands" : "events";

    private static BasicProperties Properties(string type, string? user)
    {
        var properties = new BasicProperties
        {
            MessageId = $"{Guid.CreateVersion7()}",
            Type = type,
            CorrelationId = "forged",
            Headers = new Dictionary<string, object?> { ["key"] = $"{Guid.NewGuid()}" },
        };
        if (user is not null)
        {
            properties.UserId = user;
        }

        return properties;
    }

    private static byte[] Json(object body) => JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);

    private static string SubjectOf(Person person)
    {
        var payload = person.Token!.Split('.')[1];
        return (string)JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(payload))!["sub"]!;
    }

    private static Task<IChannel> OpenAsync(IConnection connection) => connection.CreateChannelAsync(
        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Stop);

    private static async Task IsClosedAsync(
        IConnection connection, ushort code, string exchange, string routingKey, BasicProperties properties)
    {
        await using var channel = await OpenAsync(connection);
        var refused = await Assert.ThrowsAnyAsync<Exception>(
            () => channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, "{}"u8.ToArray(), Stop).AsTask());
        Assert.IsAssignableFrom<OperationInterruptedException>(refused.GetBaseException());
        Assert.Equal((routingKey, code), (routingKey, channel.CloseReason!.ReplyCode));
    }

    /// <summary>Waits until the service has these dead letters.</summary>
    private Task<IReadOnlyList<JsonNode>> LettersAsync(
        Person admin, string service, HashSet<string> messages, Func<JsonNode, bool>? matches = null) => Eventually.AsksAsync(
        async () =>
        {
            using var response = await admin.Http.GetAsync(
                new Uri(shop.Gateway, $"api/dead-letters/{service}/messages?limit=10000"), Stop);

            // Until the service has connected to the broker, the answer is 503.
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return [];
            }

            response.EnsureSuccessStatusCode();
            var page = await response.Content.ReadFromJsonAsync<JsonNode>(Stop);
            return (IReadOnlyList<JsonNode>)
            [
                .. page!["data"]!.AsArray().OfType<JsonNode>().Where(
                    letter => messages.Contains((string?)letter["messageId"] ?? "") && (matches is null || matches(letter))),
            ];
        },
        found => found.Count == messages.Count,
        $"{service} has {messages.Count} dead letters");
}
