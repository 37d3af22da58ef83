using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class CatalogPageTests(TestServers servers)
{
    [Fact]
    public async Task Filters_ThatAreNoIds_AreNoFilters()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog();
        var browser = new Browser(shop);

        foreach (var query in new[] { "type=abc", "type=", "brand=x", "type=99999999999", "type=1&type=x", "q=%EF%BF%BE" })
        {
            using var response = await browser.GetAsync($"/?{query}");

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
