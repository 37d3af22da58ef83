using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using WebApp.Tests.Setup;

namespace WebApp.Tests.BackOffice;

/// <summary>Changing prices and stock in the list of the back office.</summary>
public sealed class ProductListTests(TestServers servers)
{
    private const string List = "/admin/products?find=lamp";

    [Fact]
    public async Task PriceAndStock_AreChangedInTheList()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().Status("PUT /api/catalog/items/1", HttpStatusCode.NoContent);
        var admin = await OpenAsync(shop, List);

        using var saved = await admin.SubmitAsync(List, ("Form.Price", "77,50"), ("Form.Stock", "12"));

        Assert.Equal(List, saved.Headers.Location!.ToString());
        var put = shop.Fakes.Calls.Single(call => call.Call == "PUT /api/catalog/items/1");
        var change = JsonSerializer.Deserialize<JsonElement>(put.Body);
        Assert.Equal((77.5m, null), (change.GetProperty("price").GetDecimal(), change.GetProperty("availableStock").Deserialize<int?>()));
    }

    [Fact]
    public async Task FaultyEntry_IsShownAgain_InItsRow()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var admin = await OpenAsync(shop, List);

        using var page = await admin.SubmitAsync(List, ("Form.Price", "cheap"), ("Form.Stock", "12"));

        Assert.Contains("value=\"cheap\"", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Enter an amount, like 19.90.", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conflict_ShowsWhatIsStored_AndKeepsWhatWasTyped_AlsoIfTheProductLeftTheList()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var admin = await OpenAsync(shop, List);
        shop.Fakes.Json("GET /api/catalog/items", Things.Page()).Json("GET /api/catalog/items/1", Things.Item(1, price: 84m));

        using var page = await admin.SubmitAsync(List, ("Form.Price", "95.00"), ("Form.Stock", "12"));

        Assert.Contains("this was changed to €84.00. Save again to replace it.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"95.00\"", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LostRace_IsTriedAgainWithTheNewVersion()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().Status("PUT /api/catalog/items/1", HttpStatusCode.PreconditionFailed);
        var admin = await OpenAsync(shop, List);

        using var page = await admin.SubmitAsync(List, ("Form.Price", "95.00"), ("Form.Stock", "12"));

        Assert.True(shop.Fakes.Calls.Count(call => call.Call == "PUT /api/catalog/items/1") > 1);
        Assert.Contains("It was changed at the same moment. Save it again.", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LowStock_IsAFilter_ThatKeepsTheSearch()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var admin = await OpenAsync(shop, List);

        var link = Regex.Match(admin.Html, """href="(?<path>[^"]*low=1[^"]*)""").Groups["path"].Value;
        await admin.GetAsync(link);

        Assert.Contains("find=lamp", link, StringComparison.Ordinal);
        var asked = shop.Fakes.Queries.Last(query => query.Contains("pageSize=50", StringComparison.Ordinal));
        Assert.Contains("name=lamp&maxStock=5", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageAfterTheLast_SaysSo_AndSavingTheOnlyProductOfTheLastOneLeadsToThePageBefore()
    {
        const string last = "/admin/products?low=1&page=2";
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().Status("PUT /api/catalog/items/1", HttpStatusCode.NoContent);
        var admin = await OpenAsync(shop, last);

        using var saved = await admin.SubmitAsync(last, ("Form.Price", "89.00"), ("Form.Stock", "200"));
        shop.Fakes.Json("GET /api/catalog/items", Things.PageAfterTheLast(count: 50));
        await admin.GetAsync(last);

        Assert.Equal("/admin/products?low=1", saved.Headers.Location!.ToString());
        Assert.Contains("There is no page 2", admin.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/products?low=1\">Go to the first page", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("No product has low stock here.", admin.Html, StringComparison.Ordinal);
    }

    private static async Task<Browser> OpenAsync(Shop shop, string path)
    {
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await admin.GetAsync(path);
        return admin;
    }
}
