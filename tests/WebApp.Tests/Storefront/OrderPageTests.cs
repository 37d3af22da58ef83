using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class OrderPageTests(TestServers servers)
{
    private const string Sentence = "A sentence of the service.";
    private const string PayAgain = "Pay again";

    [Theory]
    [InlineData(
        "cancelledByBuyer", new[] { "StockReserved", "Paid" }, "You cancelled this order.",
        "The payment goes back to your Visa ending in 4242.", false)]
    [InlineData(
        "cancelledByBuyer", new[] { "StockReserved" }, "You cancelled this order.", "If your Visa ending in 4242 was charged already",
        false)]
    [InlineData("cancelledByBuyer", new string[0], "You cancelled this order.", "Nothing is charged.", false)]
    [InlineData(
        "cancelledByShop", new[] { "StockReserved", "Paid" }, "We cancelled this order.",
        "The payment goes back to your Visa ending in 4242.", false)]
    [InlineData("paymentDeclined", new[] { "StockReserved" }, Sentence, "Nothing is charged.", true)]
    [InlineData("paymentTimedOut", new[] { "StockReserved" }, Sentence, "If your Visa ending in 4242 was charged already", true)]
    [InlineData("outOfStock", new string[0], Sentence, "Nothing is charged.", false)]
    [InlineData("aCodeOfTomorrow", new string[0], Sentence, "Nothing is charged.", false)]
    public async Task CancelledOrder_SaysWhy_AndWhatHappensWithTheMoney_ByItsCode(
        string code, string[] steps, string title, string money, bool canPayAgain)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json($"GET /api/orders/{order}", Things.Order(order, "Cancelled", code, Sentence, [.. steps, "Cancelled"]));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.GetAsync($"/orders/{order}");

        Assert.Contains($"<strong>{title}</strong>", browser.Html, StringComparison.Ordinal);
        Assert.Contains(money, browser.Html, StringComparison.Ordinal);
        Assert.Equal(canPayAgain, browser.Html.Contains(PayAgain, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PageAfterTheLast_OfTheOrders_SaysSo()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Json("GET /api/orders", Things.PageAfterTheLast(count: 1));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.GetAsync("/orders?page=2");

        Assert.Contains("There is no page 2", browser.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/orders?page=1\">Go to the first page", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("No orders yet", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShippedOrder_ShowsEverythingAboutIt()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json($"GET /api/orders/{order}", Things.Order(order, "Shipped", steps: ["StockReserved", "Paid", "Shipped"]));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.GetAsync($"/orders/{order}");

        foreach (var text in new[]
        {
            "SH-48213", "Ada Buyer", "ada@example.com", "1 Harbour Road", "4000-001 Porto", "Portugal", "Visa ending in 4242",
            "DHL brings the parcel.", "0034 0434", "tracking-id=0034%200434", "1 Jan 2026, 10:00 UTC",
        })
        {
            Assert.Contains(text, browser.Html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain($"/orders/{order}/cancel", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    public async Task LineOfARetiredProduct_HasNoLink_UnlessTheCatalogDoesNotRespond(HttpStatusCode status, bool isLinked)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().Json("GET /api/catalog/items/by", new[] { Things.Item(2) }, status)
            .WithBasket(Things.Basket(Things.Line(id: 1, isAvailable: false), Things.Line(id: 2, isAvailable: false)))
            .Json($"GET /api/orders/{order}", Things.Order(order));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        foreach (var path in new[] { $"/orders/{order}", $"/admin/orders/{order}", "/basket" })
        {
            await browser.GetAsync(path);
            Assert.Contains("Heron Desk Lamp", browser.Html, StringComparison.Ordinal);
            Assert.Equal(isLinked, browser.Html.Contains("href=\"/products/1\"", StringComparison.Ordinal));
        }

        // Sold out, but still sold.
        Assert.Contains("href=\"/products/2\"", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "StockReserved", "Paid" }, "You get €89.00 back to your Visa ending in 4242.")]
    [InlineData(new[] { "StockReserved" }, "If your Visa ending in 4242 was charged already, the payment goes back to it.")]
    [InlineData(new string[0], "Nothing will be charged.")]
    public async Task Cancelling_AsksFirst_AndSaysWhatHappensWithTheMoney(string[] steps, string money)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        var status = steps.Length == 0 ? "Submitted" : steps[^1];
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Json($"GET /api/orders/{order}", Things.Order(order, status, steps: steps));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.GetAsync($"/orders/{order}");
        Assert.Contains($"href=\"/orders/{order}/cancel\"", browser.Html, StringComparison.Ordinal);
        await browser.GetAsync($"/orders/{order}/cancel");

        Assert.Contains("Cancel order SH-48213?", browser.Html, StringComparison.Ordinal);
        Assert.Contains(money, browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Fakes.Calls, call => call.Call == $"POST /api/orders/{order}/cancel");
    }

    [Theory]
    [InlineData(89, "Your payment was already refunded in full.", "The payment was already refunded in full.")]
    [InlineData(20, "You get €69.00 back to your Visa ending in 4242.", "€69.00 goes back to the buyer.")]
    public async Task Cancelling_AfterARefund_NamesTheRest(int refunded, string toTheBuyer, string toTheShop)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json($"GET /api/orders/{order}", Things.Refunded(Things.Order(order, "Paid", steps: ["StockReserved", "Paid"]), refunded));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.GetAsync($"/orders/{order}/cancel");
        Assert.Contains(toTheBuyer, browser.Html, StringComparison.Ordinal);
        await browser.GetAsync($"/admin/orders/{order}/cancel");
        Assert.Contains(toTheShop, browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 89 }, "Your payment was already refunded in full.")]
    [InlineData(new[] { 20 }, "The rest of the payment, €69.00, goes back to your Visa ending in 4242.")]
    [InlineData(new[] { 20, 69 }, "The rest of the payment, €69.00, goes back to your Visa ending in 4242.")]
    public async Task CancelledOrder_AfterARefund_NamesTheRest(int[] refunds, string money)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        var cancelled = Things.Order(order, "Cancelled", "cancelledByShop", Sentence, "StockReserved", "Paid", "Cancelled");
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Json($"GET /api/orders/{order}", Things.Refunded(cancelled, refunds));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.GetAsync($"/orders/{order}");

        Assert.Contains(money, browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shipped")]
    [InlineData("Cancelled")]
    public async Task QuestionAboutCancelling_OfAnOrderThatCannotBeCancelled_LeadsToTheOrder(string status)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Json($"GET /api/orders/{order}", Things.Order(order, status));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        using var answer = await browser.GetAsync($"/orders/{order}/cancel");

        Assert.Equal($"/orders/{order}", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task QuestionAboutCancelling_OfAnOrderOfSomebodyElse_DoesNotExist(bool isSignedIn)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Status($"GET /api/orders/{order}", HttpStatusCode.NotFound);
        var browser = new Browser(shop);
        if (isSignedIn)
        {
            await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        }

        using var answer = await browser.GetAsync($"/orders/{order}/cancel");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LinkToFlows_IsForAdministrators(bool isAdmin)
    {
        await using var shop = await Shop.BorrowAsync(servers, ("Flows:Url", "http://localhost:5200/flows"));
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Json($"GET /api/orders/{order}", Things.Order(order, "Paid"));
        var browser = new Browser(shop);
        if (isAdmin)
        {
            await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        }
        else
        {
            await browser.RegisterAsync("ada@example.com", "a few good words");
        }

        await browser.GetAsync($"/orders/{order}");

        Assert.Contains("SH-48213", browser.Html, StringComparison.Ordinal);
        Assert.Equal(isAdmin, browser.Html.Contains($"href=\"http://localhost:5200/flows/{order}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CancellingAPaidOrder_SaysThatTheMoneyGoesBack()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json($"GET /api/orders/{order}", Things.Order(order, "Paid", steps: ["StockReserved", "Paid"]))
            .Json(
                $"POST /api/orders/{order}/cancel",
                Things.Order(order, "Cancelled", "cancelledByBuyer", Sentence, "StockReserved", "Paid", "Cancelled"));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await browser.GetAsync($"/orders/{order}/cancel");

        await browser.SubmitAsync($"/orders/{order}/cancel");
        await browser.GetAsync($"/orders/{order}");

        Assert.Contains(
            "The order is cancelled. The payment goes back to your Visa ending in 4242.", browser.Html, StringComparison.Ordinal);
    }
}
