using System.Net;
using System.Text.Json;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>Guests find an order again in another browser: by number and e-mail address, or by the link in a mail.</summary>
public sealed class FindOrderTests(TestServers servers)
{
    private const string Key = "q8mX1cVtqJmB0mJc4bQ3w2fJp6uYz7aR";

    private static readonly Guid Order = Guid.CreateVersion7();

    [Fact]
    public async Task LinkInAMail_OpensTheOrderInThisBrowser_AndTheKeyLeavesTheAddress()
    {
        await using var shop = WithOrder(await Shop.OpenAsync(servers));
        var browser = new Browser(shop);

        using var opened = await browser.GetAsync($"/orders/{Order}?key={Key}");
        using var shown = await browser.GetAsync($"/orders/{Order}");

        Assert.Equal((HttpStatusCode.Found, $"/orders/{Order}"), (opened.StatusCode, opened.Headers.Location!.OriginalString));
        Assert.Equal("no-referrer", Assert.Single(opened.Headers.GetValues("Referrer-Policy")));
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("1 Harbour Road", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, browser.Html, StringComparison.Ordinal);
        Assert.All(CallsOf(shop), call => Assert.Equal(Key, call.OrderKey));
        Assert.DoesNotContain(Key, browser.ValueOf("shop.orders"), StringComparison.Ordinal);

        // The framework's own line about a request has its whole address; all settings keep its category at Warning.
        Assert.DoesNotContain(
            shop.Telemetry.Find(Key), text => !text.Contains("Microsoft.AspNetCore.Hosting.Diagnostics", StringComparison.Ordinal));

        using var stranger = await new Browser(shop).GetAsync($"/orders/{Order}");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task OrderOpenedByItsKey_CanBeCancelled_AndIsForgottenAtSignOut()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json($"POST /api/orders/{Order}/cancel", Things.Order(Order, "Cancelled", "cancelledByBuyer"));
        var browser = new Browser(shop);
        await browser.GetAsync($"/orders/{Order}?key={Key}");
        await browser.GetAsync($"/orders/{Order}/cancel");

        using var cancelled = await browser.SubmitAsync($"/orders/{Order}/cancel");

        Assert.Equal($"/orders/{Order}", cancelled.Headers.Location!.OriginalString);
        Assert.Equal(Key, Assert.Single(shop.Fakes.Calls, call => call.Call.EndsWith("/cancel", StringComparison.Ordinal)).OrderKey);

        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await browser.GetAsync("/account");
        await browser.SubmitAsync("/sign-out");
        Assert.False(browser.Has("shop.orders"));
    }

    [Theory]
    [InlineData(false, "<a href=\"/orders/find\">Find another order</a>")]
    [InlineData(true, "<a href=\"/orders\">All your orders</a>")]
    public async Task OrderOpenedByItsKey_LeadsToOrdersThatTheVisitorCanSee(bool isSignedIn, string link)
    {
        await using var shop = await BorrowAsync();
        var browser = new Browser(shop);
        if (isSignedIn)
        {
            await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        }

        await browser.GetAsync($"/orders/{Order}?key={Key}");
        await browser.GetAsync($"/orders/{Order}");

        Assert.Contains(link, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongKey_ShowsNothing()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Status($"GET /api/orders/{Order}", HttpStatusCode.NotFound);
        var browser = new Browser(shop);

        using var answer = await browser.GetAsync($"/orders/{Order}?key=wrong");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(browser.Has("shop.orders"));
    }

    [Fact]
    public async Task LinkInAMail_WhileOrderingIsDown_SaysSo_AndOffersToTryAgain()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Status($"GET /api/orders/{Order}", HttpStatusCode.ServiceUnavailable);
        var browser = new Browser(shop);

        using var answer = await browser.GetAsync($"/orders/{Order}?key={Key}");

        Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("This order cannot be shown right now.", browser.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/orders/{Order}?key={Key}\">Try again", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NumberAndAddress_OpenTheOrder()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json("POST /api/orders/find", new { id = Order, number = "SH-48213", key = Key });
        var browser = new Browser(shop);
        await browser.GetAsync("/orders/find");

        using var found = await browser.SubmitAsync("/orders/find", ("Form.Number", " SH-48213 "), ("Form.Email", "ada@example.com"));
        await browser.GetAsync($"/orders/{Order}");

        Assert.Equal($"/orders/{Order}", found.Headers.Location!.OriginalString);
        Assert.Contains("1 Harbour Road", browser.Html, StringComparison.Ordinal);
        var sent = Assert.Single(shop.Fakes.Calls, call => call.Call == "POST /api/orders/find").Body;
        Assert.Equal("SH-48213", JsonSerializer.Deserialize<JsonElement>(sent).GetProperty("number").GetString());
    }

    [Fact]
    public async Task UnknownOrder_IsSaid_AndWhatWasTypedIsKept()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json("POST /api/orders/find", new { title = "Order not found" }, HttpStatusCode.NotFound);
        var browser = new Browser(shop);
        await browser.GetAsync("/orders/find");

        await browser.SubmitAsync("/orders/find", ("Form.Number", "SH-1"), ("Form.Email", "ada@example.com"));

        Assert.Contains("We found no order with this number and e-mail address.", browser.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"SH-1\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"ada@example.com\"", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyAttempts_AreSaid_AndEmptyFieldsAreNamed()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json("POST /api/orders/find", new { detail = "Too many attempts to find an order." }, HttpStatusCode.TooManyRequests);
        var browser = new Browser(shop);
        await browser.GetAsync("/orders/find");

        await browser.SubmitAsync("/orders/find", ("Form.Number", "SH-1"), ("Form.Email", "ada@example.com"));
        Assert.Contains("Too many attempts to find an order.", browser.Html, StringComparison.Ordinal);

        await browser.SubmitAsync("/orders/find", ("Form.Number", ""), ("Form.Email", ""));
        Assert.Contains("href=\"/orders/find#form-number\">", browser.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/orders/find#form-email\">", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusedAttemptsOfOneVisitor_AreSentOnce_AndKeepNobodyElseFromTheirOrders()
    {
        // Not a borrowed one: the circuit breaker must judge these requests only.
        await using var shop = WithOrder(await Shop.OpenAsync(servers));
        shop.Fakes.Json("POST /api/orders/find", new { detail = "Too many attempts." }, HttpStatusCode.TooManyRequests)
            .Json("GET /api/orders", Things.Page());
        var guesser = new Browser(shop);
        await guesser.GetAsync("/orders/find");
        var page = guesser.Html;

        // More than the circuit breaker needs to judge.
        for (var attempt = 0; attempt < 120; attempt++)
        {
            using var refused = await guesser.BackTo(page).SubmitAsync(
                "/orders/find", ("Form.Number", "SH-1"), ("Form.Email", "ada@example.com"));
        }

        var other = new Browser(shop);
        using var shown = await other.GetAsync($"/orders/{Order}?key={Key}");
        Assert.Equal(HttpStatusCode.Found, shown.StatusCode);
        Assert.Equal(120, shop.Fakes.Calls.Count(call => call.Call == "POST /api/orders/find"));
    }

    private async Task<Shop> BorrowAsync() => WithOrder(await Shop.BorrowAsync(servers));

    private static Shop WithOrder(Shop shop)
    {
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json($"GET /api/orders/{Order}", Things.Order(Order, "Paid", steps: ["StockReserved", "Paid"]));
        return shop;
    }

    private static IEnumerable<FakeCall> CallsOf(Shop shop) => shop.Fakes.Calls.Where(call => call.Call == $"GET /api/orders/{Order}");
}
