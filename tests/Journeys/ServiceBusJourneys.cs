using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Servers;

namespace Journeys;

/// <summary>The shop does the same on Azure Service Bus, or rather on a broker of the tests that its SDK takes for it.</summary>
public sealed class ServiceBusJourneys(ShopOnServiceBus shop) : IClassFixture<ShopOnServiceBus>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_page_about_curl_ends_with_a_shipped_order() => BuyWithCurl.RunPageAsync(shop);

    [Fact]
    public async Task An_order_is_paid_although_all_connections_to_the_broker_are_cut_and_Flows_shows_its_subscriptions()
    {
        var guest = await shop.GuestAsync(Stop);

        var order = await guest.BuyAsync(7, 1, Cards.Good, Stop);
        shop.Broker.CutConnections();

        var flow = await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-paid@catalog-api", "ordering.order-paid@webapp");
        flow.HasNoUnexpectedMessage();
        Assert.Equal("Paid", (string)(await guest.GetAsync(order, Stop))["status"]!);
    }

    [Fact]
    public async Task A_dead_letter_is_replayed_with_a_new_body_and_no_other_one_is_there()
    {
        const int Product = 9;
        var admin = await shop.AdminAsync(Stop);
        await PublishAsync("catalog.product-changed", $"{Product}", "{ \"productId\": ");

        var letters = await Eventually.AsksAsync(() => LettersOfAsync(admin, "basket-api"), letters => letters.Count > 0);
        var letter = Assert.Single(letters)!;
        Assert.Equal(("catalog.product-changed", "bad-body"), ((string)letter["type"]!, (string)letter["reason"]!));
        using var replayed = await admin.Api.PostAsJsonAsync(
            $"api/dead-letters/basket-api/messages/{letter["id"]}/replay",
            new
            {
                body = new
                {
                    productId = Product, name = "Replayed", description = "By a test.", price = 123.45m, currency = "EUR", brand = "Brand",
                    type = "Type", availableStock = 100, version = 1_000_000,
                },
            },
            Stop);
        replayed.EnsureSuccessStatusCode();

        var guest = await shop.GuestAsync(Stop);
        await Eventually.AsksAsync(
            async () =>
            {
                await guest.PutIntoBasketAsync(Product, quantity: 1, Stop);
                return (decimal)(await guest.GetAsync("api/basket", Stop))["lines"]![0]!["unitPrice"]!;
            },
            price => price == 123.45m);
        foreach (var service in Shop.Apps)
        {
            Assert.Empty(await LettersOfAsync(admin, service));
        }
    }

    [Fact]
    public async Task Every_service_is_healthy()
    {
        foreach (var service in Shop.Apps)
        {
            using var http = new HttpClient { BaseAddress = shop.AddressOf(service) };
            Assert.Equal("Healthy", (string)(await http.GetFromJsonAsync<JsonNode>("health", Stop))!["status"]!);
        }
    }

    private static async Task<JsonArray> LettersOfAsync(Shopper admin, string service) =>
        (await admin.Api.GetFromJsonAsync<JsonNode>($"api/dead-letters/{service}/messages", Stop))!["data"]!.AsArray();

    // Past the services, as any client of the namespace could.
    private async Task PublishAsync(string type, string key, string body)
    {
        await using var client = new ServiceBusClient(shop.Broker.ConnectionString);
        await using var sender = client.CreateSender("events");
        await sender.SendMessageAsync(
            new ServiceBusMessage(body)
            {
                MessageId = $"{Guid.CreateVersion7()}",
                Subject = type,
                SessionId = key,
                CorrelationId = key,
                ContentType = "application/json",
                ApplicationProperties = { ["key"] = key },
            },
            Stop);
    }
}
