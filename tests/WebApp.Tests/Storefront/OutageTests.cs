using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>
/// While a service is down, its pages show a notice and the other pages work. Tests that open a circuit have their own shops: they count
/// calls from the start.
/// </summary>
public sealed class OutageTests(TestServers servers)
{
    [Theory]
    [InlineData("/", "The products cannot be shown right now.")]
    [InlineData("/products/1", "This product cannot be shown right now.")]
    [InlineData("/basket", "Your basket cannot be shown right now.")]
    [InlineData("/checkout", "You cannot check out right now.")]
    [InlineData("/orders", "Your orders cannot be shown right now.")]
    public async Task Page_WhileItsServiceIsDown_ShowsANotice(string path, string notice)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var browser = new Browser(shop);
        await browser.RegisterAsync("ada@example.com", "a few good words");

        using var response = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(notice, browser.Html, StringComparison.Ordinal);
        Assert.Contains("Try again", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhileItsServiceHasBeenDown_DoesNotAskItEachTime()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(shop);
        while (shop.Fakes.Calls.Count < 10)
        {
            await browser.GetAsync("/products/1");
        }

        var calls = shop.Fakes.Calls.Count;
        using var response = await browser.GetAsync("/products/1");

        Assert.Equal((HttpStatusCode.OK, calls), (response.StatusCode, shop.Fakes.Calls.Count));
        Assert.Contains("This product cannot be shown right now.", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ThatHasBeenDown_KeepsNobodyFromTheOthers()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithBasket(Things.Basket(Things.Line())).Json("GET /api/orders", Things.Page(Things.Order(Guid.CreateVersion7())));
        var browser = new Browser(shop);
        while (shop.Fakes.Calls.Count < 10)
        {
            await browser.GetAsync("/products/1");
        }

        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await browser.GetAsync("/basket");
        Assert.Contains("Heron Desk Lamp", browser.Html, StringComparison.Ordinal);
        await browser.GetAsync("/orders");

        Assert.Contains("SH-48213", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catalog_WhileBasketIsDown_IsComplete()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var browser = new Browser(shop);
        await browser.RegisterAsync("ada@example.com", "a few good words");

        await browser.GetAsync("/");
        using var added = await browser.SubmitAsync("/basket/add");
        await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.Found, added.StatusCode);
        Assert.Contains("Heron Desk Lamp", browser.Html, StringComparison.Ordinal);
        Assert.Contains("The basket does not respond right now", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeOfAProduct_WhileCatalogIsDown_KeepsWhatWasEntered()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await admin.GetAsync("/admin/products/1");
        shop.Fakes.Status("GET /api/catalog/items/1", HttpStatusCode.ServiceUnavailable);

        using var page = await admin.SubmitAsync("/admin/products/1", ("Form.Name", "Heron"), ("Form.Type", "1"), ("Form.Brand", "2"),
            ("Form.Price", "77.50"), ("Form.Stock", "3"));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Save it again in a moment.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("""value="77.50""", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPage_AndUnknownProduct_AreNotFound_AndHelp()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().Status("GET /api/catalog/items/999", HttpStatusCode.NotFound);
        var browser = new Browser(shop);

        using var page = await browser.GetAsync("/no/such/page");
        Assert.Contains("We cannot find that page", browser.Html, StringComparison.Ordinal);
        using var product = await browser.GetAsync("/products/999");
        Assert.Contains("We cannot find that page", browser.Html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, product.StatusCode);
    }

    [Fact]
    public async Task Health_DoesNotDependOnTheOtherServices()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        using var response = await http.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
