using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Catalog.Api.Tests.Setup;
using Contracts.Catalog;

namespace Catalog.Api.Tests.Items;

public sealed class AdministrationTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogApp App => shared.App;

    [Theory]
    [InlineData("POST", "items")]
    [InlineData("PUT", "items")]
    [InlineData("PUT", "items/1")]
    [InlineData("PUT", "items/1/pic")]
    [InlineData("DELETE", "items/1")]
    public async Task Write_ByAnyoneElse_IsRefused(string method, string path)
    {
        foreach (var (client, expected) in new[] { (App.Anyone, HttpStatusCode.Unauthorized), (App.User, HttpStatusCode.Forbidden) })
        {
            using var request =
                new HttpRequestMessage(new HttpMethod(method), $"api/catalog/{path}")
                    { Content = JsonContent.Create(CatalogApp.Body("X")) };
            using var response = await client.SendAsync(request, Stop);
            await response.ProblemAsync(expected);
        }
    }

    [Fact]
    public async Task Create_AnswersTheAddressAndPublishesTheProduct()
    {
        using var response = await App.Admin.PostAsJsonAsync(
            "api/catalog/items?api-version=1.0", CatalogApp.Body("Brass Compass", 33.30m, stock: 7), Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Stop));
        var item = await App.GetAsync(response.Headers.Location!.OriginalString, Stop);
        var id = (int)item["id"]!;
        Assert.Equal($"/api/catalog/items/{id}", response.Headers.Location.OriginalString);
        var published = await App.Others.ReceivesAsync<ProductChanged>("catalog.product-changed", e => e.ProductId == id);
        Assert.Equal(new ProductChanged(id, "Brass Compass", "Made for a test.", 33.30m, "EUR", "Morrow Works", "Lamps", 7, 1), published);
    }

    [Fact]
    public async Task Create_WithAChosenId_KeepsItAndContinuesAboveIt()
    {
        using var chosen = await App.Admin.PostAsJsonAsync("api/catalog/items", CatalogApp.Body("Chosen", id: 10015), Stop);
        Assert.Equal("/api/catalog/items/10015", chosen.Headers.Location!.OriginalString);

        using var again = await App.Admin.PostAsJsonAsync("api/catalog/items", CatalogApp.Body("Chosen too", id: 10015), Stop);
        await again.ProblemAsync(HttpStatusCode.Conflict);

        Assert.True(await App.NewProductAsync(stock: 1, Stop) > 10015);
    }

    [Theory]
    [InlineData("""{}""", "catalogBrandId,catalogTypeId,name,price")]
    [InlineData("""{"name":" ","price":0,"catalogTypeId":1,"catalogBrandId":1}""", "name,price")]
    [InlineData("""{"name":"N","price":1,"catalogTypeId":99,"catalogBrandId":99}""", "catalogBrandId,catalogTypeId")]
    [InlineData("""{"name":"\u200B\u2060","price":1,"catalogTypeId":1,"catalogBrandId":1}""", "name")]
    [InlineData(
        """{"name":"left\u202Ethgir","description":"\u2066isolated","price":1,"catalogTypeId":1,"catalogBrandId":1}""", "description,name")]
    [InlineData("""{"id":1000000001,"name":"N","price":1,"catalogTypeId":1,"catalogBrandId":1}""", "id")]
    [InlineData("""{"name":"N","price":1.234,"catalogTypeId":1,"catalogBrandId":1}""", "price")]
    [InlineData("""{"name":"N","price":1000000.01,"catalogTypeId":1,"catalogBrandId":1}""", "price")]
    [InlineData("""{"name":"N","price":1,"currency":"USD","catalogTypeId":1,"catalogBrandId":1}""", "currency")]
    [InlineData("""{"name":"N","price":1,"catalogTypeId":1,"catalogBrandId":1,"availableStock":-1}""", "availableStock")]
    [InlineData("""{"name":"N","price":1,"catalogTypeId":1,"catalogBrandId":1,"availableStock":1000000000}""", "availableStock")]
    [InlineData("""{"name":"N","price":1,"catalogTypeId":1,"catalogBrandId":1,"pictureFileName":"../../etc/passwd"}""", "pictureFileName")]
    [InlineData("""{"name":"N","price":1,"catalogTypeId":1,"catalogBrandId":1,"pictureFileName":".hidden"}""", "pictureFileName")]
    [InlineData(
        """{"id":-1,"name":"a\u0000b","description":"\u0000","price":1,"catalogTypeId":1,"catalogBrandId":1}""", "description,id,name")]
    public async Task Create_WithFaults_NamesThemAll(string body, string fields)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await App.Admin.PostAsync("api/catalog/items", content, Stop);

        Assert.Equal(fields.Split(','), (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Fact]
    public async Task Create_TooLong_NamesBothFields()
    {
        var body =
            new { name = new string('n', 101), description = new string('d', 4001), price = 1, catalogTypeId = 1, catalogBrandId = 1 };
        using var response = await App.Admin.PostAsJsonAsync("api/catalog/items", body, Stop);

        Assert.Equal(["description", "name"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Theory]
    [InlineData("""{"name":"N",""")]
    [InlineData("""{"name":"N","price":"cheap"}""")]
    [InlineData("")]
    public async Task Create_WithUnreadableJson_IsABadRequest(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await App.Admin.PostAsync("api/catalog/items", content, Stop);

        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Revise_WithTheItemThatWasRead_ChangesTheDifferences(bool idInAddress)
    {
        var id = await App.NewProductAsync(stock: 9, Stop);
        var item = await App.ItemAsync(id, Stop);
        item["price"] = 1.99m;
        item["availableStock"] = 8;

        using var response = await App.Admin.PutAsJsonAsync(idInAddress ? $"api/catalog/items/{id}" : "api/catalog/items", item, Stop);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Stop));
        var changed = await App.ItemAsync(id, Stop);
        Assert.Equal((1.99m, 8, 3L), ((decimal)changed["price"]!, (int)changed["availableStock"]!, (long)changed["version"]!));
        Assert.Equal(
            new PriceChanged(id, 20m, 1.99m, "EUR", 2),
            await App.Others.ReceivesAsync<PriceChanged>("catalog.price-changed", e => e.ProductId == id));
        Assert.Equal(
            new StockLevelChanged(id, 8, 3),
            await App.Others.ReceivesAsync<StockLevelChanged>("catalog.stock-level-changed", e => e.ProductId == id));
        Assert.Single(App.Others.Received<ProductChanged>("catalog.product-changed"), e => e.ProductId == id);
    }

    [Fact]
    public async Task Revise_WithoutADifference_PublishesNothing()
    {
        var id = await App.NewProductAsync(stock: 9, Stop);
        var item = await App.ItemAsync(id, Stop);

        using var response = await App.Admin.PutAsJsonAsync($"api/catalog/items/{id}", item, Stop);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(1, (long)(await App.ItemAsync(id, Stop))["version"]!);
    }

    [Fact]
    public async Task Revise_Described_IsFoundByTheNewWords()
    {
        var id = await App.NewProductAsync(stock: 9, Stop);

        using var response = await App.Admin.PutAsJsonAsync(
            $"api/catalog/items/{id}", CatalogApp.Body("Zeppelin Weathervane", stock: 9), Stop);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["Zeppelin Weathervane"], (await App.GetAsync("api/catalog/items?name=zeppelin", Stop)).Names());
        var published = await App.Others.ReceivesAsync<ProductChanged>("catalog.product-changed", e => e.ProductId == id && e.Version == 2);
        Assert.Equal("Zeppelin Weathervane", published.Name);
    }

    [Fact]
    public async Task Revise_OtherIdThanTheAddress_IsRefused()
    {
        using var response = await App.Admin.PutAsJsonAsync("api/catalog/items/5", CatalogApp.Body("X", id: 6), Stop);

        Assert.Equal(["id"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1000000001")]
    public async Task Revise_OutsideTheBoundOfIds_IsRefused(string id)
    {
        using var response = await App.Admin.PutAsJsonAsync($"api/catalog/items/{id}", CatalogApp.Body("X"), Stop);

        Assert.Equal(["id"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Fact]
    public async Task Revise_Unknown_IsNotFound()
    {
        using var response = await App.Admin.PutAsJsonAsync("api/catalog/items/987654", CatalogApp.Body("X"), Stop);

        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Revise_IfMatch_OnlyTheVersionThatWasRead()
    {
        var id = await App.NewProductAsync(stock: 9, Stop);

        foreach (var (tag, expected) in new[]
        {
            ("\"1\"", HttpStatusCode.NoContent), ("\"1\"", HttpStatusCode.PreconditionFailed), ("*", HttpStatusCode.NoContent),
            ("W/\"4\"", HttpStatusCode.PreconditionFailed), ("\"7\", \"4\"", HttpStatusCode.NoContent),
            ("rubbish", HttpStatusCode.PreconditionFailed),
        })
        {
            var version = (long)(await App.ItemAsync(id, Stop))["version"]!;
            using var request = new HttpRequestMessage(HttpMethod.Put, $"api/catalog/items/{id}")
            {
                Content = JsonContent.Create(CatalogApp.Body("Guarded", price: 20 + version, stock: 9)),
            };
            request.Headers.TryAddWithoutValidation("If-Match", tag);
            using var response = await App.Admin.SendAsync(request, Stop);
            Assert.True(expected == response.StatusCode, $"{tag} at version {version} gave {response.StatusCode}");
            if (expected is HttpStatusCode.NoContent)
            {
                var now = (long)(await App.ItemAsync(id, Stop))["version"]!;
                Assert.Equal(EntityTagHeaderValue.Parse($"\"{now}\""), response.Headers.ETag);
            }
        }
    }

    [Fact]
    public async Task Revise_ByManyAtOnce_CountsEveryChange()
    {
        const int Writers = 8;
        var id = await App.NewProductAsync(stock: 9, Stop);

        var answers = await Task.WhenAll(Enumerable.Range(1, Writers).Select(async writer =>
        {
            HttpStatusCode status;
            do
            {
                using var response = await App.Admin.PutAsJsonAsync(
                    $"api/catalog/items/{id}", CatalogApp.Body("Contended", price: 100 + writer, stock: 9), Stop);
                status = response.StatusCode;
            }
            while (status == HttpStatusCode.Conflict);
            return status;
        }));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.NoContent, status));
        var version = (long)(await App.ItemAsync(id, Stop))["version"]!;
        Assert.Equal(2 + Writers, version);
        await App.Others.ReceivesAsync<PriceChanged>("catalog.price-changed", e => e.ProductId == id && e.Version == version);
        var prices = App.Others.Received<PriceChanged>("catalog.price-changed").Where(e => e.ProductId == id).ToList();
        Assert.Equal(prices.Select(e => e.NewPrice).SkipLast(1), prices.Select(e => e.OldPrice).Skip(1));
    }

    [Fact]
    public async Task Discontinue_RemovesTheProductFromAllAnswers()
    {
        var id = await App.NewProductAsync(stock: 9, Stop);
        Assert.Equal(9, await App.StockAsync(id, Stop));

        using var response = await App.Admin.DeleteAsync($"api/catalog/items/{id}", Stop);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        using var item = await App.Anyone.GetAsync($"api/catalog/items/{id}", Stop);
        await item.ProblemAsync(HttpStatusCode.NotFound);

        // Orders still show it.
        using var picture = await App.Anyone.GetAsync($"api/catalog/items/{id}/pic", Stop);
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        Assert.Empty((await App.GetAsync($"api/catalog/items/by?ids={id}", Stop)).AsArray());
        using var again = await App.Admin.DeleteAsync($"api/catalog/items/{id}", Stop);
        await again.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(
            new ProductDiscontinued(id, 2),
            await App.Others.ReceivesAsync<ProductDiscontinued>("catalog.product-discontinued", e => e.ProductId == id));
    }
}
