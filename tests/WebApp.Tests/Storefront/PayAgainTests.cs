using System.Net;
using Basket.Grpc;
using Grpc.Core;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>After a declined card: the same products and the same address, only the card is entered again.</summary>
public sealed class PayAgainTests(TestServers servers)
{
    private static readonly Guid Order = Guid.CreateVersion7();

    [Fact]
    public async Task PayAgain_FillsTheBasket_AndTheCheckoutButForTheCard()
    {
        await using var shop = await BorrowAsync(Things.Basket());
        var browser = await AtOrderAsync(shop);

        using var answer = await browser.SubmitAsync($"/orders/{Order}/pay-again");
        shop.Fakes.WithBasket(Things.Basket(Things.Line()));
        await browser.GetAsync($"/checkout?order={Order}");

        Assert.Equal($"/checkout?order={Order}", answer.Headers.Location!.OriginalString);
        var request = SetQuantityRequest.Parser.ParseFrom(Assert.Single(shop.Fakes.CallsOf("SetQuantity")).Body[5..]);
        Assert.Equal((1, 1), (request.ProductId, request.Quantity));
        foreach (var value in new[] { "Ada Buyer", "ada@example.com", "1 Harbour Road", "4000-001", "Porto" })
        {
            Assert.Contains($"value=\"{value}\"", browser.Html, StringComparison.Ordinal);
        }

        Assert.Contains("<option value=\"Portugal\" selected", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Only the card is missing.", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("4242", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PayAgain_ClickedTwice_AddsNothingTwice()
    {
        await using var shop = await BorrowAsync(Things.Basket(Things.Line()));
        var browser = await AtOrderAsync(shop);

        await browser.SubmitAsync($"/orders/{Order}/pay-again");

        Assert.Empty(shop.Fakes.CallsOf("SetQuantity"));
        Assert.Empty(shop.Fakes.CallsOf("AddItem"));
    }

    [Fact]
    public async Task PayAgain_WhenAllIsSoldOut_SaysSo()
    {
        await using var shop = await BorrowAsync(Things.Basket());
        shop.Fakes.GrpcRefusal("SetQuantity", StatusCode.FailedPrecondition, "Heron Desk Lamp: Sold out.");
        var browser = await AtOrderAsync(shop);

        using var answer = await browser.SubmitAsync($"/orders/{Order}/pay-again");
        await browser.GetAsync("/basket");

        Assert.Equal("/basket", answer.Headers.Location!.OriginalString);
        Assert.Contains("Not added to your basket. Heron Desk Lamp: Sold out.", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get")]
    [InlineData("SetQuantity")]
    public async Task PayAgain_WhileTheBasketIsDown_BlamesNoProduct(string call)
    {
        await using var shop = await BorrowAsync(Things.Basket());
        var browser = await AtOrderAsync(shop);
        shop.Fakes.GrpcRefusal(call, StatusCode.Unavailable, "Down.");

        using var answer = await browser.SubmitAsync($"/orders/{Order}/pay-again");
        await browser.GetAsync($"/orders/{Order}");

        Assert.Equal($"/orders/{Order}", answer.Headers.Location!.OriginalString);
        Assert.Contains(
            "Not everything could be put into your basket. The basket does not respond right now.", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkout_OfAnOrderOfSomebodyElse_ShowsNothingOfIt()
    {
        await using var shop = await BorrowAsync(Things.Basket(Things.Line()));
        shop.Fakes.Status($"GET /api/orders/{Order}", HttpStatusCode.NotFound);
        var browser = new Browser(shop);
        await browser.RegisterAsync("eve@example.com", "a few good words");

        await browser.GetAsync($"/checkout?order={Order}");

        Assert.DoesNotContain("1 Harbour Road", browser.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"eve@example.com\"", browser.Html, StringComparison.Ordinal);
    }

    private async Task<Shop> BorrowAsync(BasketView basket)
    {
        var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(basket)
            .Grpc("SetQuantity", Things.Basket(Things.Line()))
            .Grpc("Merge", basket)
            .Json(
                $"GET /api/orders/{Order}",
                Things.Order(Order, "Cancelled", "paymentDeclined", "Your card was declined.", "StockReserved", "Cancelled"));
        return shop;
    }

    private static async Task<Browser> AtOrderAsync(Shop shop)
    {
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        using var page = await browser.GetAsync($"/orders/{Order}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return browser;
    }
}
