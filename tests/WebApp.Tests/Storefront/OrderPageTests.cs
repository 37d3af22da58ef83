using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class OrderPageTests(TestServers servers)
{
    private const string Sentence = "A sentence of the service.";
    private const string TryAgain = "Try again";

    [Theory]
    [InlineData(
        "cancelledByBuyer", new[] { "StockReserved", "Paid" }, "You cancelled this order.", "The payment goes back to your card.", false)]
    [InlineData("cancelledByBuyer", new[] { "StockReserved" }, "You cancelled this order.", "If your card was charged already", false)]
    [InlineData("cancelledByBuyer", new string[0], "You cancelled this order.", "Nothing is charged.", false)]
    [InlineData(
        "cancelledByShop", new[] { "StockReserved", "Paid" }, "We cancelled this order.", "The payment goes back to your card.", false)]
    [InlineData("paymentDeclined", new[] { "StockReserved" }, Sentence, "Nothing is charged.", true)]
    [InlineData("paymentTimedOut", new[] { "StockReserved" }, Sentence, "If your card was charged already", true)]
    [InlineData("outOfStock", new string[0], Sentence, "Nothing is charged.", false)]
    [InlineData("aCodeOfTomorrow", new string[0], Sentence, "Nothing is charged.", false)]
    public async Task CancelledOrder_SaysWhy_AndWhatHappensWithTheMoney_ByItsCode(
        string code, string[] steps, string title, string money, bool canTryAgain)
    {
        await using var shop = await Shop.OpenAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json($"GET /api/orders/{order}", Things.Order(order, "Cancelled", code, Sentence, [.. steps, "Cancelled"]));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.GetAsync($"/orders/{order}");

        Assert.Contains($"<strong>{title}</strong>", browser.Html, StringComparison.Ordinal);
        Assert.Contains(money, browser.Html, StringComparison.Ordinal);
        Assert.Equal(canTryAgain, browser.Html.Contains(TryAgain, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CancellingAPaidOrder_SaysThatTheMoneyGoesBack()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json($"GET /api/orders/{order}", Things.Order(order, "Paid", steps: ["StockReserved", "Paid"]))
            .Json(
                $"POST /api/orders/{order}/cancel",
                Things.Order(order, "Cancelled", "cancelledByBuyer", Sentence, "StockReserved", "Paid", "Cancelled"));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await browser.GetAsync($"/orders/{order}");

        await browser.SubmitAsync($"/orders/{order}/cancel");
        await browser.GetAsync($"/orders/{order}");

        Assert.Contains("The order is cancelled. The payment goes back to your card.", browser.Html, StringComparison.Ordinal);
    }
}
