using System.Net;
using System.Text.Json.Nodes;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Items;

public sealed class GetItemTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogApp App => shared.App;

    [Fact]
    public async Task Item_HasItsTypeAndBrand()
    {
        var item = await App.ItemAsync(2, Stop);

        Assert.Equal("Sunday Teapot", (string)item["name"]!);
        Assert.Equal(42.00m, (decimal)item["price"]!);
        Assert.Equal("2.webp", (string)item["pictureFileName"]!);
        Assert.Equal(["id", "brand"], item["catalogBrand"]!.Members());
        Assert.Equal(("Fennel & Finch", "Teapots"), ((string)item["catalogBrand"]!["brand"]!, (string)item["catalogType"]!["type"]!));
    }

    [Theory]
    [InlineData("items/987654", HttpStatusCode.NotFound)]
    [InlineData("items/987654/pic", HttpStatusCode.NotFound)]
    [InlineData("items/0", HttpStatusCode.BadRequest)]
    [InlineData("items/3/pic?width=17", HttpStatusCode.BadRequest)]
    [InlineData("items/3/related?count=0", HttpStatusCode.BadRequest)]
    [InlineData("items/-3", HttpStatusCode.BadRequest)]
    [InlineData("items/teapot", HttpStatusCode.NotFound)]
    [InlineData("items/99999999999", HttpStatusCode.NotFound)]
    [InlineData("items/by?ids=x", HttpStatusCode.BadRequest)]
    public async Task Item_ThatDoesNotExist_IsAProblem(string path, HttpStatusCode expected)
    {
        using var response = await App.Anyone.GetAsync($"api/catalog/{path}", Stop);

        await response.ProblemAsync(expected);
    }

    [Theory]
    [InlineData("items/3")]
    [InlineData("items/3/pic")]
    [InlineData("items?pageSize=3&type=5")]
    [InlineData("items/by?ids=3")]
    [InlineData("items/3/related")]
    [InlineData("suggestions?text=lamp")]
    [InlineData("highlights")]
    [InlineData("catalogtypes")]
    [InlineData("facets?type=6")]
    public async Task Answer_ThatTheClientHas_IsNotSentAgain(string path)
    {
        using var first = await App.Anyone.GetAsync($"api/catalog/{path}", Stop);
        Assert.NotNull(first.Headers.ETag);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/catalog/{path}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag);
        using var second = await App.Anyone.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Stop));
    }

    [Theory]
    [InlineData("items", HttpStatusCode.OK)]
    [InlineData("items/3", HttpStatusCode.OK)]
    [InlineData("items/3/pic", HttpStatusCode.OK)]
    [InlineData("facets", HttpStatusCode.OK)]
    [InlineData("changes", HttpStatusCode.OK)]
    [InlineData("suggestions?text=lamp", HttpStatusCode.OK)]
    [InlineData("catalogtypes", HttpStatusCode.OK)]
    [InlineData("items/987654", HttpStatusCode.NotFound)]
    public async Task Head_HasTheStatusAndTagOfGet(string path, HttpStatusCode expected)
    {
        using var get = await App.Anyone.GetAsync($"api/catalog/{path}", Stop);
        using var request = new HttpRequestMessage(HttpMethod.Head, $"api/catalog/{path}");
        using var head = await App.Anyone.SendAsync(request, Stop);

        Assert.Equal((expected, expected), (get.StatusCode, head.StatusCode));
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task Related_FitToTheProduct_AndDifferFromProductToProduct()
    {
        var lists = new List<int[]>();
        foreach (var id in new[] { 2, 10, 18, 26 })
        {
            var item = await App.ItemAsync(id, Stop);
            var related = (await App.GetAsync($"api/catalog/items/{id}/related", Stop)).AsArray();
            lists.Add([.. related.Select(other => (int)other!["id"]!).Order()]);

            Assert.Equal(6, related.Count);
            Assert.DoesNotContain(id, lists[^1]);
            Assert.All(related, other => Assert.True((int)other!["availableStock"]! > 0));
            Assert.All(related, other => Assert.True(Has(other!, "catalogTypeId") || Has(other!, "catalogBrandId")));

            bool Has(JsonNode other, string member) => (int)other[member]! == (int)item[member]!;
        }

        Assert.True(lists.DistinctBy(list => string.Join(',', list)).Count() > 1, "Each product has the same related ones.");
    }

    [Fact]
    public async Task ByIds_LeavesOutUnknownIds()
    {
        var items = (await App.GetAsync("api/catalog/items/by?ids=1&ids=2&ids=987654&ids=2", Stop)).AsArray();

        Assert.Equal([1, 2], items.Select(item => (int)item!["id"]!).Order());
        Assert.Null(items[0]!["catalogBrand"]);
    }

    [Fact]
    public async Task ByIds_MoreThanAHundred_IsRefused()
    {
        var ids = string.Join('&', Enumerable.Range(1, 101).Select(id => $"ids={id}"));
        using var response = await App.Anyone.GetAsync($"api/catalog/items/by?{ids}", Stop);

        Assert.Equal(["ids"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Fact]
    public async Task ByIds_None_IsEmpty() => Assert.Empty((await App.GetAsync("api/catalog/items/by", Stop)).AsArray());

    [Fact]
    public async Task OpenApi_DescribesEveryRoute()
    {
        var document = await App.GetAsync("openapi/v1.json", Stop);

        Assert.Superset(
            new HashSet<string>
            {
                "/api/catalog/items", "/api/catalog/items/{id}", "/api/catalog/items/by", "/api/catalog/items/{id}/pic",
                "/api/catalog/catalogtypes",
                "/api/catalog/items/{id}/related", "/api/catalog/items/withsemanticrelevance", "/api/catalog/suggestions",
                "/api/catalog/highlights", "/api/catalog/catalogbrands", "/api/catalog/facets", "/api/catalog/changes",
            },
            document["paths"]!.AsObject().Select(path => path.Key).ToHashSet());
        Assert.NotNull(document["paths"]!["/api/catalog/items"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]);
    }
}
