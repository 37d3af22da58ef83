using System.Text.Json.Nodes;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Items;

public sealed class FacetTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facets_OfEverything_CountEveryProductOnce()
    {
        var facets = await FacetsAsync("");

        Assert.Equal(["count", "types", "brands", "price", "stock", "correctedName"], facets.Members());
        Assert.Equal(8, facets["types"]!.AsArray().Count);
        Assert.Equal(12, facets["brands"]!.AsArray().Count);
        Assert.Equal((long)facets["count"]!, Sum(facets["types"]!));
        Assert.Equal((long)facets["count"]!, Sum(facets["brands"]!));
        Assert.Equal((long)facets["count"]!, (long)facets["stock"]!["inStock"]! + (long)facets["stock"]!["soldOut"]!);
        Assert.Equal("EUR", (string)facets["price"]!["currency"]!);
    }

    [Fact]
    public async Task Facets_WithAType_ShowTheOtherTypesToo()
    {
        var facets = await FacetsAsync("?type=3");

        Assert.Equal(13, (long)facets["count"]!);
        Assert.Equal(8, facets["types"]!.AsArray().Count);
        Assert.Equal(13, Sum(facets["brands"]!));
    }

    [Fact]
    public async Task Facets_CountTheProductsOfTheList()
    {
        var facets = await FacetsAsync("?name=teapot&maxPrice=50");
        foreach (var brand in facets["brands"]!.AsArray())
        {
            var page = await shared.App.GetAsync($"api/catalog/items?name=teapot&maxPrice=50&brand={brand!["id"]}", Stop);
            Assert.Equal((long)brand["count"]!, (long)page["count"]!);
        }
    }

    [Fact]
    public async Task Facets_OfASearchWithTypingErrors_CountTheCorrectedList()
    {
        var facets = await FacetsAsync("?name=monsterra");
        var page = await shared.App.GetAsync("api/catalog/items?name=monsterra", Stop);

        Assert.True((long)facets["count"]! > 0);
        Assert.Equal((long)page["count"]!, (long)facets["count"]!);
    }

    [Theory]
    [InlineData("monsterra", "monstera")]
    [InlineData("sunday taepot", "sunday teapot")]
    public async Task Facets_OfASearchWithTypingErrors_SayWhatWasFound(string typed, string corrected)
    {
        var path = $"?name={Uri.EscapeDataString(typed)}";

        Assert.Equal(corrected, (string?)(await FacetsAsync(path))["correctedName"]);
        Assert.Null((await FacetsAsync($"?name={Uri.EscapeDataString(corrected)}"))["correctedName"]);
        Assert.Equal(0, (long)(await FacetsAsync($"{path}&exact=true"))["count"]!);
    }

    [Fact]
    public async Task Facets_OfACorrectedSearch_ThatFindsNothing_NameNoCorrection()
    {
        // Both words have a near one in the catalog, but no product has both.
        var facets = await FacetsAsync("?name=monsterra%20cukoo");

        Assert.Equal((0L, null), ((long)facets["count"]!, (string?)facets["correctedName"]));
    }

    [Fact]
    public async Task Facets_HaveEachChosenChoice_AlsoWithoutProducts()
    {
        var facets = await FacetsAsync("?name=teapot&type=6&brand=1&minPrice=999999");

        Assert.Equal([(6, 0L)], Choices(facets["types"]!));
        Assert.Equal([(1, 0L)], Choices(facets["brands"]!));
    }

    [Fact]
    public async Task Facets_OfTypes_HaveTheirLowestPrice()
    {
        var type = (await FacetsAsync(""))["types"]!.AsArray().Single(facet => (int)facet!["id"]! == 3)!;
        var cheapest = await shared.App.GetAsync("api/catalog/items?type=3&sort=price&pageSize=1", Stop);

        Assert.Equal((decimal)cheapest["data"]![0]!["price"]!, (decimal)type["lowestPrice"]!);
    }

    [Fact]
    public async Task Facets_OfNothing_HaveNoPrices()
    {
        var facets = await FacetsAsync("?name=xylophone");

        Assert.Equal(0, (long)facets["count"]!);
        Assert.Null(facets["price"]);
    }

    private Task<JsonNode> FacetsAsync(string query) => shared.App.GetAsync($"api/catalog/facets{query}", Stop);

    private static long Sum(JsonNode facets) => facets.AsArray().Sum(facet => (long)facet!["count"]!);

    private static (int Id, long Count)[] Choices(JsonNode facets) =>
        [.. facets.AsArray().Select(facet => ((int)facet!["id"]!, (long)facet["count"]!))];
}
