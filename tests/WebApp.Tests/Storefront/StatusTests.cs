using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>Pages that stand for a status have it, and are pages of the shop like all others.</summary>
public sealed class StatusTests(TestServers servers)
{
    [Theory]
    [InlineData("/denied", HttpStatusCode.Forbidden)]
    [InlineData("/error", HttpStatusCode.InternalServerError)]
    [InlineData("/not-found", HttpStatusCode.NotFound)]
    [InlineData("/status/404", HttpStatusCode.NotFound)]
    [InlineData("/status/503", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/no/such/page", HttpStatusCode.NotFound)]
    public async Task Page_HasItsStatus_AndTheBasketOfTheVisitor(string path, HttpStatusCode status)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var basket = Things.Basket(Things.Line(quantity: 3));
        shop.Fakes.WithCatalog().WithBasket(basket).Grpc("AddItem", basket);
        var browser = new Browser(shop);
        await browser.GetAsync("/");
        using var added = await browser.SubmitAsync("/basket/add");

        using var page = await browser.GetAsync(path);

        Assert.Equal(status, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("data-basket-count>3<", browser.Html, StringComparison.Ordinal);
    }
}
