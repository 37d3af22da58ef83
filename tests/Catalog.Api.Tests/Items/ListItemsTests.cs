using System.Net;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Items;

public sealed class ListItemsTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogApp App => shared.App;

    [Fact]
    public async Task List_Plain_IsTheContractsPage()
    {
        var page = await App.GetAsync("api/catalog/items?pageIndex=0&pageSize=5&api-version=2.0", Stop);

        Assert.Equal(["pageIndex", "pageSize", "count", "data"], page.Members());
        Assert.Equal(0, (int)page["pageIndex"]!);
        Assert.Equal(5, (int)page["pageSize"]!);
        Assert.True((int)page["count"]! >= 104);
        Assert.Equal(5, page["data"]!.AsArray().Count);

        var item = page["data"]![0]!;
        Assert.Equal(
            [
                "id", "name", "description", "price", "currency", "pictureFileName", "catalogTypeId", "catalogType", "catalogBrandId",
                "catalogBrand",
                "availableStock", "version", "pictureVersion", "isFeatured",
            ],
            item.Members());
        Assert.Null(item["catalogType"]);
        Assert.Null(item["catalogBrand"]);
        Assert.Equal("EUR", (string)item["currency"]!);
    }

    [Fact]
    public async Task List_WithoutParameters_IsTheFirstTenByName()
    {
        var page = await App.GetAsync("api/catalog/items", Stop);
        var names = page.Names();

        Assert.Equal(10, names.Length);
        Assert.Equal(names.Order(StringComparer.InvariantCultureIgnoreCase), names);
    }

    [Fact]
    public async Task List_AllPages_HaveEveryProductOnce()
    {
        var seen = new List<int>();
        for (var index = 0; ; index++)
        {
            var page = await App.GetAsync($"api/catalog/items?PageIndex={index}&PageSize=25&type=3&type=4", Stop);
            seen.AddRange(page["data"]!.AsArray().Select(item => (int)item!["id"]!));
            if (page["data"]!.AsArray().Count < 25)
            {
                Assert.Equal((int)page["count"]!, seen.Count);
                break;
            }
        }

        Assert.Equal(26, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task List_AfterTheLastPage_IsEmptyAndHasTheCount()
    {
        var page = await App.GetAsync("api/catalog/items?pageIndex=1000&pageSize=100", Stop);

        Assert.Empty(page["data"]!.AsArray());
        Assert.True((int)page["count"]! >= 104);
    }

    [Fact]
    public async Task List_ByTypeAndBrand_HasOnlyThose()
    {
        var page = await App.GetAsync("api/catalog/items?type=2&brand=2&pageSize=100", Stop);

        Assert.NotEmpty(page["data"]!.AsArray());
        Assert.All(page["data"]!.AsArray(), item => Assert.Equal((2, 2), ((int)item!["catalogTypeId"]!, (int)item["catalogBrandId"]!)));
    }

    [Fact]
    public async Task List_BetweenPricesInStock_KeepsBoth()
    {
        var page = await App.GetAsync("api/catalog/items?minPrice=60&maxPrice=70&inStock=true&sort=-price&pageSize=100", Stop);
        var prices = page["data"]!.AsArray().Select(item => (decimal)item!["price"]!).ToArray();

        Assert.NotEmpty(prices);
        Assert.Equal(prices.OrderDescending(), prices);
        Assert.All(prices, price => Assert.InRange(price, 60, 70));
        Assert.All(page["data"]!.AsArray(), item => Assert.True((int)item!["availableStock"]! > 0));
    }

    [Fact]
    public async Task List_SoldOut_HasOnlyThose()
    {
        var page = await App.GetAsync("api/catalog/items?inStock=false&pageSize=100", Stop);

        Assert.Contains("Quarry Teapot", page.Names());
        Assert.All(page["data"]!.AsArray(), item => Assert.Equal(0, (int)item!["availableStock"]!));
    }

    [Fact]
    public async Task List_WithLowStock_HasOnlyThose_TheLowestFirst()
    {
        var id = await App.NewProductAsync(stock: 0, Stop);

        var page = await App.GetAsync("api/catalog/items?maxStock=3&sort=stock&pageSize=100", Stop);
        var stock = page["data"]!.AsArray().Select(item => (int)item!["availableStock"]!).ToArray();

        Assert.Contains(id, page["data"]!.AsArray().Select(item => (int)item!["id"]!));
        Assert.Equal(stock.Order(), stock);
        Assert.All(stock, pieces => Assert.InRange(pieces, 0, 3));
    }

    [Fact]
    public async Task List_Newest_BeginsWithTheLatestProduct()
    {
        var id = await App.NewProductAsync(stock: 1, Stop);

        var page = await App.GetAsync("api/catalog/items?sort=newest&pageSize=100", Stop);

        Assert.Contains(id, page["data"]!.AsArray().Select(item => (int)item!["id"]!));
    }

    [Theory]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageSize=101", "pageSize")]
    [InlineData("pageSize=ten", "pageSize")]
    [InlineData("pageIndex=-1", "pageIndex")]
    [InlineData("pageIndex=99999999999999", "pageIndex")]
    [InlineData("type=lamps", "type")]
    [InlineData("minPrice=-1", "minPrice")]
    [InlineData("maxPrice=1e9", "maxPrice")]
    [InlineData("minPrice=20&maxPrice=10", "minPrice")]
    [InlineData("inStock=perhaps", "inStock")]
    [InlineData("sort=cheapest", "sort")]
    [InlineData("maxStock=-1", "maxStock")]
    [InlineData("exact=perhaps", "exact")]
    [InlineData("pageIndex=x&pageSize=y&type=z&inStock=1&minPrice=a", "inStock,minPrice,pageIndex,pageSize,type")]
    [InlineData("pageIndex=-1&pageSize=0&sort=y&minPrice=2000000", "minPrice,pageIndex,pageSize,sort")]
    public async Task List_WrongQuery_NamesEveryField(string query, string fields)
    {
        foreach (var path in new[] { "items", "facets" })
        {
            using var response = await App.Anyone.GetAsync($"api/catalog/{path}?{query}", Stop);
            var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
            Assert.Equal(fields.Split(','), problem.FaultyFields());
        }
    }

    [Fact]
    public async Task Lookups_HaveTypesAndBrandsByName()
    {
        var types = (await App.GetAsync("api/catalog/catalogtypes", Stop)).AsArray();
        var brands = (await App.GetAsync("api/catalog/catalogbrands", Stop)).AsArray();

        Assert.Equal(8, types.Count);
        Assert.Equal(12, brands.Count);
        Assert.Equal(["id", "type"], types[0]!.Members());
        Assert.Equal(["id", "brand"], brands[0]!.Members());
        Assert.Equal("Backpacks", (string)types[0]!["type"]!);
    }
}
