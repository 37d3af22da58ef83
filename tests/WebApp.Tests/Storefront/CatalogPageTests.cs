using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class CatalogPageTests(TestServers servers)
{
    [Fact]
    public async Task Filters_ThatAreNoIds_AreNoFilters()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var browser = new Browser(shop);

        foreach (var query in new[] { "type=abc", "type=", "brand=x", "type=99999999999", "type=1&type=x", "q=%EF%BF%BE" })
        {
            using var response = await browser.GetAsync($"/?{query}");

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("min=50&max=20", "The lowest price is above the highest.")]
    [InlineData("min=cheap&max=20", "Enter amounts like 20 or 19.90.")]
    [InlineData("min=9999999", "Enter amounts like 20 or 19.90.")]
    public async Task FaultyPrices_HaveTheirOwnError_AndKeepWhatWasTypedAndTheOtherFilters(string prices, string fault)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var browser = new Browser(shop);

        await browser.GetAsync($"/?type=1&{prices}");

        Assert.Contains(fault, browser.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{prices.Split('=', '&')[1]}\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Heron Desk Lamp", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Remove filter Lamps", browser.Html, StringComparison.Ordinal);
        Assert.All(shop.Fakes.Queries, query => Assert.DoesNotContain("Price=", query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prices_WithACommaOrAPoint_AreRead()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();

        await new Browser(shop).GetAsync("/?min=19,90&max=30.5");

        Assert.Contains(shop.Fakes.Queries, query => query.Contains("minPrice=19.90&maxPrice=30.5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PageAfterTheLast_SaysSo_AndLeadsToTheLast()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().Json("GET /api/catalog/items", Things.PageAfterTheLast(count: 100));
        var browser = new Browser(shop);

        await browser.GetAsync("/?stock=1&page=999");

        Assert.Contains("There is no page 999", browser.Html, StringComparison.Ordinal);
        Assert.Contains("This list has 5 pages.", browser.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/?stock=1&page=5\"", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CorrectedSearch_SaysWhatItShows_AndOffersTheOriginal()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().Json("GET /api/catalog/facets", Things.FacetsOf("heron"));
        var browser = new Browser(shop);

        await browser.GetAsync("/?q=hreon");

        Assert.Contains("These match <strong>heron</strong>", browser.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/?q=hreon&exact=1\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Best match", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FrontPage_HasItsRows_AndAnOrdinaryListHasNot()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var browser = new Browser(shop);

        await browser.GetAsync("/");
        foreach (var text in new[] { "Picnic Radio", "Nearly gone", "Letter Kite", "Bought most", "Sunday Teapot", "from €89.00" })
        {
            Assert.Contains(text, browser.Html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("New here", browser.Html, StringComparison.Ordinal);
        await browser.GetAsync("/?type=1");
        Assert.DoesNotContain("Nearly gone", browser.Html, StringComparison.Ordinal);
        Assert.Contains("<title>Lamps · Shop</title>", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_HaveSizes_AndAVersion()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var browser = new Browser(shop);

        await browser.GetAsync("/products/1");

        Assert.Contains(
            "/product-images/1?width=1280&version=5f0c2a9be1d47733 1280w", browser.Html, StringComparison.Ordinal);
        Assert.Contains("width=\"640\" height=\"640\"", browser.Html, StringComparison.Ordinal);
    }
}
