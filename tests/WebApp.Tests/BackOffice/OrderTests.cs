using System.Globalization;
using System.Net;
using System.Text.Json;
using WebApp.Tests.Setup;

namespace WebApp.Tests.BackOffice;

/// <summary>Orders in the back office: find, ship, refund, cancel, pack.</summary>
public sealed class OrderTests(TestServers servers)
{
    private static readonly Guid Order = Guid.CreateVersion7();
    private static readonly string[] CarrierFault = ["Enter the carrier."];

    [Fact]
    public async Task List_FindsAndFilters_AndItsPagesKeepBoth()
    {
        await using var shop = await BorrowAsync("Paid");
        var admin = await AdminAsync(shop);
        string? query = null;
        shop.Fakes.Json("GET /api/orders/all", call =>
        {
            query = call.RequestUri!.Query;
            return new { pageIndex = 0, pageSize = 20, count = 45, data = new[] { Things.Order(Order) } };
        });

        await admin.GetAsync("/admin/orders?find=Ada%20B&status=Paid");

        Assert.Equal("?search=Ada%20B&status=Paid&pageIndex=0&pageSize=20", query);
        Assert.Contains("SH-48213", admin.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/admin/orders/{Order}#ship\"", admin.Html, StringComparison.Ordinal);
        Assert.Contains("/admin/orders?find=Ada%20B&status=Paid&page=2", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($">{Order}<", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageAfterTheLast_SaysSo_AndLeadsToTheOthers()
    {
        await using var shop = await BorrowAsync("Paid");
        shop.Fakes.Json("GET /api/orders/all", Things.PageAfterTheLast(count: 45));
        var admin = await AdminAsync(shop);

        await admin.GetAsync("/admin/orders?status=Paid&page=999");

        Assert.Contains("There is no page 999", admin.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/orders?status=Paid&page=3\">Go to the last page", admin.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/orders?status=Paid\">Go to the first page", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing to ship", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shipping_SendsCarrierAndTrackingNumber()
    {
        await using var shop = await BorrowAsync("Paid");
        shop.Fakes.Json($"POST /api/orders/{Order}/ship", Things.Order(Order, "Shipped"));
        var admin = await AdminAsync(shop);
        await admin.GetAsync($"/admin/orders/{Order}");

        using var shipped = await admin.SubmitAsync(
            $"/admin/orders/{Order}", ("_handler", "ship"), ("Ship.Carrier", "DHL"), ("Ship.TrackingNumber", "0034 0434"));
        await admin.GetAsync("/admin/orders/packing");

        Assert.Equal($"/admin/orders/{Order}", shipped.Headers.Location!.OriginalString);
        var sent = BodyOf(shop, "/ship");
        Assert.Equal(("DHL", "0034 0434"), (sent.GetProperty("carrier").GetString(), sent.GetProperty("trackingNumber").GetString()));
        Assert.Contains("Order SH-48213 is on its way.", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shipping_ThatIsRefused_ShowsTheReasonAtTheField_AndKeepsWhatWasTyped()
    {
        await using var shop = await BorrowAsync("Paid");
        shop.Fakes.Json(
            $"POST /api/orders/{Order}/ship", new { errors = new { carrier = CarrierFault } }, HttpStatusCode.BadRequest);
        var admin = await AdminAsync(shop);
        await admin.GetAsync($"/admin/orders/{Order}");

        await admin.SubmitAsync($"/admin/orders/{Order}", ("_handler", "ship"), ("Ship.TrackingNumber", "0034"));

        Assert.Contains($"#ship-carrier\">Enter the carrier.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"0034\"", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refunding_SendsItsKeyAgain_WhenItIsSentAgain()
    {
        await using var shop = await BorrowAsync("Shipped");
        var admin = await AdminAsync(shop);
        await admin.GetAsync($"/admin/orders/{Order}");
        var page = admin.Html;
        (string, string)[] fields = [("_handler", "refund"), ("Refund.Amount", " 20,50 "), ("Refund.Reason", "A scratch.")];

        await admin.SubmitAsync($"/admin/orders/{Order}", fields); // Ordering is down.
        Assert.Contains("Orders do not respond right now.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("value=\" 20,50 \"", admin.Html, StringComparison.Ordinal);
        shop.Fakes.Json($"POST /api/orders/{Order}/refunds", new
        {
            id = Guid.NewGuid(), amount = 20.5m, reason = "A scratch.", status = "Requested", requestedAt = "2026-01-01T10:00:00Z",
        });
        using var again = await admin.BackTo(page).SubmitAsync($"/admin/orders/{Order}", fields);

        Assert.Equal($"/admin/orders/{Order}", again.Headers.Location!.OriginalString);
        var calls = shop.Fakes.Calls.Where(call => call.Call.EndsWith("/refunds", StringComparison.Ordinal)).ToArray();
        Assert.Single(calls.Select(call => call.IdempotencyKey).Distinct());
        Assert.Equal(20.5m, JsonSerializer.Deserialize<JsonElement>(calls[^1].Body).GetProperty("amount").GetDecimal());
    }

    [Theory]
    [InlineData("ship", "Ship.TrackingNumber", "0034 0434")]
    [InlineData("refund", "Refund.Reason", "A scratch.")]
    public async Task FormThatIsSentWhileOrderingIsDown_KeepsWhatWasTyped(string form, string field, string typed)
    {
        await using var shop = await BorrowAsync("Paid");
        var admin = await AdminAsync(shop);
        await admin.GetAsync($"/admin/orders/{Order}");
        shop.Fakes.Status($"GET /api/orders/{Order}", HttpStatusCode.ServiceUnavailable);

        await admin.SubmitAsync($"/admin/orders/{Order}", ("_handler", form), ("Refund.Amount", "20"), (field, typed));

        Assert.Contains("This order cannot be shown right now.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Orders do not respond right now.", admin.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", admin.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("many", " ")]
    [InlineData("-5", "")]
    public async Task Refund_WithFaultyFields_NamesThem_AndIsNotSent(string amount, string reason)
    {
        await using var shop = await BorrowAsync("Shipped");
        var admin = await AdminAsync(shop);
        await admin.GetAsync($"/admin/orders/{Order}");

        await admin.SubmitAsync(
            $"/admin/orders/{Order}", ("_handler", "refund"), ("Refund.Amount", amount), ("Refund.Reason", reason));

        Assert.Contains("Enter an amount, like 19.90.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Enter the reason.", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Fakes.Calls, call => call.Call.EndsWith("/refunds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_AsksFirst()
    {
        await using var shop = await BorrowAsync("Paid");
        shop.Fakes.Json($"POST /api/orders/{Order}/cancel", Things.Order(Order, "Cancelled", "cancelledByShop"));
        var admin = await AdminAsync(shop);

        await admin.GetAsync($"/admin/orders/{Order}/cancel");
        Assert.Contains("€89.00 goes back to the buyer.", admin.Html, StringComparison.Ordinal);
        using var cancelled = await admin.SubmitAsync($"/admin/orders/{Order}/cancel");

        Assert.Equal($"/admin/orders/{Order}", cancelled.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task PackingLists_HaveAddressAndItems_OfAllThatWaits()
    {
        await using var shop = await BorrowAsync("Paid");
        var admin = await AdminAsync(shop);

        await admin.GetAsync("/admin/orders/packing");

        foreach (var text in new[] { "SH-48213", "Ada Buyer", "1 Harbour Road", "4000-001 Porto", "Heron Desk Lamp" })
        {
            Assert.Contains(text, admin.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/admin/orders/packing")]
    [InlineData("/admin/orders/{0}/packing")]
    public async Task PackingList_OfARefundedOrder_SaysSo(string path)
    {
        await using var shop = await BorrowAsync("Paid");
        var refunded = Things.Refunded(Things.Order(Order, "Paid"), 89);
        shop.Fakes.Json($"GET /api/orders/{Order}", refunded).Json("GET /api/orders/all", Things.Page(refunded));
        var admin = await AdminAsync(shop);

        await admin.GetAsync(string.Format(CultureInfo.InvariantCulture, path, Order));

        Assert.Contains("Refunded €89.00 of €89.00", admin.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Paid", true)]
    [InlineData("Shipped", false)]
    public async Task Refund_SaysThatItDoesNotCancel_WhileTheOrderCanBeCancelled(string status, bool isSaid)
    {
        await using var shop = await BorrowAsync(status);
        var admin = await AdminAsync(shop);

        await admin.GetAsync($"/admin/orders/{Order}");

        Assert.Contains("Amount in euros", admin.Html, StringComparison.Ordinal);
        Assert.Equal(isSaid, admin.Html.Contains("A refund does not cancel the order.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OrderOfADeletedAccount_SaysWhatIsErased_AndPromisesNoMail()
    {
        await using var shop = await BorrowAsync("Shipped");
        var order = JsonSerializer.SerializeToNode(Things.Order(Order, "Shipped"))!;
        (order["buyerEmail"], order["payment"]!["last4"]) = ("", "");
        shop.Fakes.Json($"GET /api/orders/{Order}", order);
        var admin = await AdminAsync(shop);

        await admin.GetAsync($"/admin/orders/{Order}");

        Assert.Contains("<dd>Erased with the account</dd>", admin.Html, StringComparison.Ordinal);
        Assert.Contains("<dd>Ada Buyer<br>Erased with the account</dd>", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("ending in", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Amount in euros", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("in the mail", admin.Html, StringComparison.Ordinal);
    }

    private async Task<Shop> BorrowAsync(string status)
    {
        var shop = await Shop.BorrowAsync(servers);
        var order = Things.Order(Order, status, steps: ["StockReserved", "Paid"]);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json($"GET /api/orders/{Order}", order).Json("GET /api/orders/all", Things.Page(order));
        return shop;
    }

    private static async Task<Browser> AdminAsync(Shop shop)
    {
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        return admin;
    }

    private static JsonElement BodyOf(Shop shop, string call) => JsonSerializer.Deserialize<JsonElement>(
        Assert.Single(shop.Fakes.Calls, one => one.Call.EndsWith(call, StringComparison.Ordinal)).Body);
}
