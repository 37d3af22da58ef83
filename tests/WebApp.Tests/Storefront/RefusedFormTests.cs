using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>Forms whose anti-forgery token was made for another visitor, or is missing.</summary>
public sealed class RefusedFormTests(TestServers servers)
{
    [Fact]
    public async Task FormLoadedAsGuest_SentAfterSignIn_IsOfferedAgainWithWhatWasEntered()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Grpc("AddItem", Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");
        var page = browser.Html;
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        using var refused = await browser.BackTo(page).SubmitAsync("/basket/add", ("quantity", "3"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("text/html", refused.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Please send it again", browser.Html, StringComparison.Ordinal);
        Assert.Equal("3", browser.Hidden("quantity"));
        Assert.Empty(shop.Fakes.CallsOf("AddItem"));

        using var sent = await browser.SubmitAsync("/basket/add");

        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.Single(shop.Fakes.CallsOf("AddItem"));
    }

    [Fact]
    public async Task CheckoutLoadedAsGuest_SentAfterSignIn_KeepsTheAddress_AndAsksForTheCardAgain()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket(Things.Line())).Grpc("AddItem", Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");
        await browser.SubmitAsync("/basket/add");
        await browser.GetAsync("/checkout");
        var page = browser.Html;
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await browser.BackTo(page).SubmitAsync(
            "/checkout", ("Form.Name", "Ada"), ("Form.Street", "1 Harbour Road"), ("Form.CardNumber", "4242 4242 4242 4242"),
            ("Form.SecurityCode", "9871"));
        Assert.DoesNotContain("4242 4242", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("9871", browser.Html, StringComparison.Ordinal);
        using var sent = await browser.SubmitAsync("/checkout");

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains("""value="1 Harbour Road""", browser.Html, StringComparison.Ordinal);
        Assert.Contains("""id="form-cardnumber-error""", browser.Html, StringComparison.Ordinal);
        Assert.Contains("""id="form-securitycode-error""", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormWithoutAField_IsAnsweredByAPage()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");

        using var response = await browser.SubmitAsync("/basket/add", ("productId", "seven"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("That form could not be read", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task FormOfAnotherSite_IsNotOfferedAgain(string header, string value)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/basket/add")
        {
            Headers = { { header, value } },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("productId", "41")]),
        };

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("did not come from a page of the shop", page, StringComparison.Ordinal);
        Assert.DoesNotContain("41", page.Split("<main")[1].Split("</main")[0], StringComparison.Ordinal);
    }
}
