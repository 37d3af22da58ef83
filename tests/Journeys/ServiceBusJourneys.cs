using System.Text.Json.Nodes;

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
    public async Task Nothing_is_a_dead_letter_and_every_service_is_healthy()
    {
        var admin = await shop.AdminAsync(Stop);
        foreach (var service in Shop.Apps)
        {
            var letters = await admin.Api.GetFromJsonAsync<JsonNode>($"api/dead-letters/{service}/messages", Stop);
            Assert.Empty(letters!["data"]!.AsArray());
            using var http = new HttpClient { BaseAddress = shop.AddressOf(service) };
            Assert.Equal("Healthy", (string)(await http.GetFromJsonAsync<JsonNode>("health", Stop))!["status"]!);
        }
    }
}
