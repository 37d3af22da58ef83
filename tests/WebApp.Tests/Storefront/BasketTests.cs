using System.Globalization;
using Basket.Grpc;
using Grpc.Core;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class BasketTests(TestServers servers)
{
    [Fact]
    public async Task Adding_SendsOneAdditionOnly()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().Grpc("AddItem", Things.Basket(Things.Line(quantity: 5)));
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");

        using var added = await browser.SubmitAsync("/basket/add", ("quantity", "2"));

        var request = AddItemRequest.Parser.ParseFrom(Assert.Single(shop.Fakes.CallsOf("AddItem")).Body[5..]);
        Assert.Equal((1, 2), (request.ProductId, request.Quantity));
        Assert.Empty(shop.Fakes.CallsOf("SetQuantity"));
    }

    [Fact]
    public async Task Adding_WhenTheNetworkHasBegunTooManyBaskets_SaysWhatToDo()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .GrpcRefusal("AddItem", StatusCode.ResourceExhausted, "Sign in, or try again later.");
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");

        using var refused = await browser.SubmitAsync("/basket/add");
        await browser.GetAsync("/basket");

        Assert.Contains("Sign in, or try again later.", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1<span class=\"visually-hidden\"> item</span>")]
    [InlineData(2, "2<span class=\"visually-hidden\"> items</span>")]
    public async Task Header_CountsTheItems(int quantity, string count)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket(Things.Line(quantity: quantity)));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.GetAsync("/");

        Assert.Contains(count, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reordering_AddsToWhatIsInTheBasket()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog()
            .WithBasket(Things.Basket(Things.Line(quantity: 5)))
            .Grpc("AddItem", Things.Basket(Things.Line(quantity: 6)))
            .Json($"GET /api/orders/{order}", Things.Order(order));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await browser.GetAsync($"/orders/{order}");

        await browser.SubmitAsync($"/orders/{order}/reorder");

        var request = AddItemRequest.Parser.ParseFrom(Assert.Single(shop.Fakes.CallsOf("AddItem")).Body[5..]);
        Assert.Equal((1, 1), (request.ProductId, request.Quantity));
        Assert.Empty(shop.Fakes.CallsOf("SetQuantity"));
    }

    [Theory]
    [InlineData(
        StatusCode.FailedPrecondition, "A basket holds at most 99 of one product.", "/basket",
        "Not added to your basket. Heron Desk Lamp: A basket holds at most 99 of one product.")]
    [InlineData(
        StatusCode.FailedPrecondition, "Heron Desk Lamp: Only 3 left.", "/basket",
        "Not added to your basket. Heron Desk Lamp: Only 3 left.")]
    [InlineData(
        StatusCode.Unavailable, "Down.", "/orders/{0}",
        "Not everything could be put into your basket. The basket does not respond right now. Please try again in a moment.")]
    public async Task Reordering_ThatFails_SaysWhy(StatusCode code, string detail, string page, string message)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.WithCatalog()
            .WithBasket(Things.Basket(Things.Line()))
            .GrpcRefusal("AddItem", code, detail)
            .Json($"GET /api/orders/{order}", Things.Order(order));
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await browser.GetAsync($"/orders/{order}");

        using var answer = await browser.SubmitAsync($"/orders/{order}/reorder");
        var path = answer.Headers.Location!.OriginalString;
        await browser.GetAsync(path);

        Assert.Equal(string.Format(CultureInfo.InvariantCulture, page, order), path);
        Assert.Contains(message, browser.Html, StringComparison.Ordinal);
    }
}
