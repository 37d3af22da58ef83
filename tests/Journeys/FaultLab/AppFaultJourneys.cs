using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Flows.Testing;
using Servers;

namespace Journeys.FaultLab;

/// <summary>Faults inside the event bus of an app. Each has an effect, and the orders are right.</summary>
[Collection("FaultLab")]
public sealed class AppFaultJourneys(ShopWithFaultLab shop) : IAsyncDisposable
{
    private const int Seconds = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The next journey begins without a fault, also if this one failed.</summary>
    public async ValueTask DisposeAsync() => await shop.AllEndAsync(Stop);

    [Fact]
    public async Task A_handler_that_fails_is_retried_after_the_end_and_takes_effect_once()
    {
        var guest = await shop.GuestAsync(Stop);

        await shop.BeginAsync("catalog-api", "fail", Seconds, Stop, "&percent=100&type=ordering.order-placed");
        var order = await guest.BuyAsync(productId: 51, quantity: 1, Cards.Good, Stop);
        await shop.EndsAsync("catalog-api", "fail", Stop);

        var flow = await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-placed@catalog-api", "ordering.order-paid");
        var attempts = flow.Message("ordering.order-placed").WasHandledOnceBy("catalog-api").DeliveryTo("catalog-api").Attempts;
        Assert.Equal(["retried", "handled"], attempts.Select(attempt => attempt.Outcome));
        Assert.Contains("HandlerFaultException", attempts[0].Error, StringComparison.Ordinal);
        flow.HasNoUnexpectedMessage();
        Assert.Equal("Paid", (string)(await guest.GetAsync(order, Stop))["status"]!);
    }

    [Fact]
    public async Task A_message_that_is_published_twice_takes_effect_once()
    {
        var guest = await shop.GuestAsync(Stop);

        await shop.BeginAsync("ordering-api", "duplicate", seconds: 6, Stop);
        var order = await guest.BuyAsync(productId: 52, quantity: 1, Cards.Good, Stop);
        await guest.OrderReachesAsync(order, "Paid", Stop);

        // The copies may arrive later than the span that ends the flow.
        await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-paid");
        var flow = await Eventually.AsksAsync(
            () => shop.Flows.OfOrder(order, Stop).AsItIs(),
            flow => AttemptsOf(flow, "ordering.order-placed", "catalog-api").Contains("duplicate")
                && AttemptsOf(flow, "ordering.take-payment", "ordering.take-payment").Contains("duplicate"));
        flow.Message("ordering.order-placed").WasHandledOnceBy("catalog-api").WasHandledOnceBy("webapp");
        flow.Message("ordering.take-payment").WasHandledOnceBy("ordering.take-payment");
        flow.HasNoUnexpectedMessage();
    }

    [Fact(Explicit = true)]
    public async Task The_newest_price_wins_when_messages_are_reordered()
    {
        const int Product = 53;
        const decimal FirstPrice = 71.5m;
        string id;
        var admin = await shop.AdminAsync(Stop);
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(Product, quantity: 1, Stop);
        var item = await admin.GetAsync($"api/catalog/items/{Product}", Stop);

        await shop.BeginAsync("basket-api", "reorder", Seconds, Stop);
        // One trace, so that Flows shows one flow. Some of the events arrive within the same second.
        var changes = 0;
        using (var trace = new Activity("change the price") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start())
        {
            id = $"{trace.TraceId}";
            while (await shop.IsRunningAsync("basket-api", "reorder", Stop))
            {
                item["price"] = FirstPrice + ++changes;
                using var changed = await admin.Api.PutAsJsonAsync($"api/catalog/items/{Product}", item, Stop);
                changed.EnsureSuccessStatusCode();
            }
        }

        await shop.Flows.Of(id, Stop).ToReach("catalog.price-changed@basket-api");
        var flow = await Eventually.AsksAsync(
            () => shop.Flows.Of(id, Stop).AsItIs(),
            flow => AttemptsOf(flow, "catalog.price-changed", "basket-api").Count() == changes);
        Assert.True(AttemptsOf(flow, "catalog.price-changed", "basket-api").Contains("stale"), $"{flow}");
        Assert.Equal(FirstPrice + changes, (decimal)(await guest.GetAsync("api/basket", Stop))["lines"]![0]!["unitPrice"]!);
        await guest.OrderReachesAsync(await guest.BuyAsync(productId: 54, quantity: 1, Cards.Good, Stop), "Paid", Stop);
    }

    [Fact(Explicit = true)]
    public async Task A_poison_message_becomes_a_dead_letter_of_each_receiver_and_orders_pass_it()
    {
        var guest = await shop.GuestAsync(Stop);
        var admin = await shop.AdminAsync(Stop);

        var (status, message) = await shop.PostAsync("ordering-api/poison?type=ordering.order-placed", Stop);
        Assert.True(status == HttpStatusCode.OK, message);
        var order = await guest.BuyAsync(productId: 55, quantity: 1, Cards.Good, Stop);

        await guest.OrderReachesAsync(order, "Paid", Stop);
        foreach (var receiver in (string[])["catalog-api", "webapp"])
        {
            var letters = await Eventually.AsksAsync(
                async () => (await admin.Api.GetFromJsonAsync<JsonNode>($"api/dead-letters/{receiver}/messages", Stop))!["data"]!.AsArray(),
                letters => letters.Count > 0);
            var letter = Assert.Single(letters)!;
            Assert.Equal(
                ("ordering.order-placed", "bad-body", 1), ((string)letter["type"]!, (string)letter["reason"]!, (int)letter["attempts"]!));
            using var discarded = await admin.Api.DeleteAsync($"api/dead-letters/{receiver}/messages/{letter["id"]}", Stop);
            discarded.EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task A_test_message_is_handled_like_any_other()
    {
        const int Product = 56;
        var guest = await shop.GuestAsync(Stop);
        var body = Uri.EscapeDataString(
            $$"""{"productId":{{Product}},"oldPrice":1,"newPrice":123.45,"currency":"EUR","version":1000000}""");

        var (status, message) = await shop.PostAsync($"catalog-api/send?type=catalog.price-changed&body={body}", Stop);

        Assert.True(status == HttpStatusCode.OK, message);
        await Eventually.AsksAsync(
            async () =>
            {
                await guest.PutIntoBasketAsync(Product, quantity: 1, Stop);
                return (decimal)(await guest.GetAsync("api/basket", Stop))["lines"]![0]!["unitPrice"]!;
            },
            price => price == 123.45m);
    }

    [Theory]
    [InlineData("ordering-api/poison?type=ordering.order-lost", "ordering-api: It does not publish 'ordering.order-lost'. It publishes ")]
    [InlineData("catalog-api/fail?type=catalog.price-changed", "catalog-api: It does not handle 'catalog.price-changed'. It handles ")]
    [InlineData("webapp/send?type=ordering.order-paid", "webapp: It does not send 'ordering.order-paid'. It sends audit.")]
    [InlineData("catalog-api/send?type=catalog.product-discontinued", "catalog-api: The body is not that of a catalog.product-")]
    [InlineData("catalog-api/fail?percent=101", "percent is '101'. It must be a whole number from 1 to 100.")]
    public async Task A_wrong_argument_is_refused_with_its_reason(string path, string reason)
    {
        var (status, message) = await shop.PostAsync(path, Stop);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.StartsWith(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_has_no_faults_for_a_request_without_the_key()
    {
        using var http = new HttpClient { BaseAddress = shop.AddressOf("ordering-api") };
        using var without = await http.PostAsync("faults/duplicate?seconds=1", content: null, Stop);
        http.DefaultRequestHeaders.Add("Fault-Lab-Key", "guess");
        using var wrong = await http.PostAsync("faults/duplicate?seconds=1", content: null, Stop);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (without.StatusCode, wrong.StatusCode));
    }

    private static IEnumerable<string> AttemptsOf(Flow flow, string type, string queue) => flow.MessagesOf(type)
        .SelectMany(message => message.Deliveries).Where(delivery => delivery.Queue == queue)
        .SelectMany(delivery => delivery.Attempts).Select(attempt => attempt.Outcome);
}
