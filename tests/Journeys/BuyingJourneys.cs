using System.Net;
using System.Text.Json.Nodes;

namespace Journeys;

public sealed class BuyingJourneys(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visitor_browses_the_catalog()
    {
        using var http = new HttpClient { BaseAddress = shop.Address };

        var page = await http.GetFromJsonAsync<JsonNode>("api/catalog/items?pageIndex=1&pageSize=12", Stop);
        var first = page!["data"]![0]!;
        var item = await http.GetFromJsonAsync<JsonNode>($"api/catalog/items/{first["id"]}", Stop);
        using var picture = await http.GetAsync($"api/catalog/items/{first["id"]}/pic", Stop);

        Assert.True((long)page["count"]! >= 100);
        Assert.Equal(12, page["data"]!.AsArray().Count);
        Assert.Equal((string)first["name"]!, (string)item!["name"]!);
        Assert.Equal("image/webp", picture.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await picture.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_guest_buys_and_the_order_goes_to_shipped()
    {
        var guest = await shop.GuestAsync(Stop);
        var admin = await shop.AdminAsync(Stop);

        var order = await guest.BuyAsync(productId: 11, quantity: 2, Cards.Good, Stop);
        await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-paid");
        using var shipped = await admin.Api.PostAsync($"{order}/ship", content: null, Stop);
        shipped.EnsureSuccessStatusCode();
        var flow = await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-shipped");

        flow.HasNoUnexpectedMessage();
        var final = await guest.GetAsync(order, Stop);
        Assert.Equal(
            ["Submitted", "StockReserved", "Paid", "Shipped"],
            final["timeline"]!.AsArray().Select(step => (string)step!["status"]!));
        Assert.Equal((decimal)final["lines"]![0]!["unitPrice"]! * 2, (decimal)final["total"]!);
        Assert.Equal("EUR", (string)final["currency"]!);
    }

    [Fact]
    public async Task A_customer_sees_the_order_in_the_history()
    {
        var customer = await shop.NewCustomerAsync(Stop);

        var order = await customer.BuyAsync(productId: 12, quantity: 1, Cards.Good, Stop);
        await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-placed");

        var id = (string)(await customer.GetAsync(order, Stop))["id"]!;
        var history = await customer.Api.GetStringAsync("api/orders", Stop);
        Assert.Contains(id, history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_guest_ordered_and_put_into_the_basket_belongs_to_the_account_that_the_guest_opens()
    {
        const int Product = 16;
        var guest = await shop.GuestAsync(Stop);
        var order = await guest.BuyAsync(Product, 1, Cards.Good, Stop);
        await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-paid");
        await guest.PutIntoBasketAsync(Product, 2, Stop);

        var customer = await shop.NewCustomerAsync(Stop, guest);
        await shop.Flows.Of(guest.Id, Stop).ToReach("identity.guest-adopted@ordering-api", "identity.guest-adopted@basket-api");

        Assert.Equal("Paid", (string)(await customer.GetAsync(order, Stop))["status"]!);
        Assert.Equal(2, (int)Assert.Single((await customer.GetAsync("api/basket", Stop))["lines"]!.AsArray())!["quantity"]!);
        using var seen = await guest.Api.GetAsync(order, Stop);
        Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
    }

    [Fact]
    public async Task A_price_change_reaches_an_open_basket()
    {
        const int Product = 13;
        var guest = await shop.GuestAsync(Stop);
        var admin = await shop.AdminAsync(Stop);
        await guest.PutIntoBasketAsync(Product, 1, Stop);
        var item = (await admin.Api.GetFromJsonAsync<JsonObject>($"api/catalog/items/{Product}", Stop))!;
        var oldPrice = (decimal)item["price"]!;
        item["price"] = oldPrice + 5;

        using var changed = await admin.Api.PutAsJsonAsync($"api/catalog/items/{Product}", item, Stop);

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        await shop.Flows.Of($"{Product}", Stop).ToReach("catalog.price-changed@basket-api");
        var line = (await guest.GetAsync("api/basket", Stop))["lines"]![0]!;
        Assert.Equal((oldPrice + 5, oldPrice), ((decimal)line["unitPrice"]!, (decimal)line["oldUnitPrice"]!));
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_stock_back()
    {
        const int Product = 14;
        var customer = await shop.NewCustomerAsync(Stop);
        var before = await StockOfAsync(customer, Product);
        var order = await customer.BuyAsync(Product, 3, Cards.Good, Stop);
        await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-paid");
        Assert.Equal(before - 3, await StockOfAsync(customer, Product));

        using var cancelled = await customer.Api.PostAsync($"{order}/cancel", content: null, Stop);
        cancelled.EnsureSuccessStatusCode();

        var flow = await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-cancelled", "ordering.refund-payment");
        flow.HasNoUnexpectedMessage();
        Assert.Equal("Cancelled", (string)(await customer.GetAsync(order, Stop))["status"]!);
        Assert.Equal(before, await StockOfAsync(customer, Product));
    }

    [Fact]
    public async Task A_declined_card_cancels_the_order_and_says_why()
    {
        const int Product = 15;
        var guest = await shop.GuestAsync(Stop);
        var before = await StockOfAsync(guest, Product);

        var order = await guest.BuyAsync(Product, 1, Cards.Declined, Stop);

        var flow = await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-cancelled");
        flow.HasNoUnexpectedMessage();
        Assert.Equal("paymentDeclined", (string)(await guest.GetAsync(order, Stop))["cancelReasonCode"]!);
        Assert.Equal(before, await StockOfAsync(guest, Product));
    }

    private static async Task<int> StockOfAsync(Shopper shopper, int product) =>
        (int)(await shopper.GetAsync($"api/catalog/items/{product}", Stop))["availableStock"]!;
}
