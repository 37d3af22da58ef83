using Catalog.Api.Seed;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Seed;

public sealed class SeedCatalogTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithAnotherSeedFile_NumbersTypesAndBrandsInItsOrder()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "catalog.json");
        await File.WriteAllTextAsync(
            file,
            """
            [
              { "Id": 7, "Type": "Tents", "Brand": "Zeta", "Name": "Alpine Tent", "Description": "Dry.", "Price": 109.99 },
              { "Id": 3, "Type": "Axes", "Brand": "Alpha", "Name": "Ice Axe", "Description": "Sharp.", "Price": 20 },
              { "Id": 9, "Type": "Tents", "Brand": "Alpha", "Name": "Alpine Tarp", "Price": 5.5, "Stock": 2, "Embedding": [0.1, 0.2] }
            ]
            """,
            Stop);

        await using (var app = await CatalogApp.StartAsync(shared.Servers, [("Catalog:SeedFile", file)], Stop))
        {
            var page = await app.GetAsync("api/catalog/items?name=Alpine&PageSize=5&PageIndex=0", Stop);
            Assert.Equal(["Alpine Tarp", "Alpine Tent"], page.Names());
            Assert.Equal((1, 1, 100), (
                (int)page["data"]![1]!["catalogTypeId"]!,
                (int)page["data"]![1]!["catalogBrandId"]!,
                (int)page["data"]![1]!["availableStock"]!));
            Assert.Equal("Ice Axe", (string)(await app.ItemAsync(3, Stop))["name"]!);
            Assert.True(await app.NewProductAsync(stock: 1, Stop) > 9);
            using var picture = await app.Anyone.GetAsync("api/catalog/items/7/pic", Stop);
            Assert.Equal("image/webp", picture.Content.Headers.ContentType?.MediaType);

            // A second start with another file does not change the database.
            using var tokens = new TestTokens();
            await using var second = CatalogApp.CreateFactory(
                tokens, app.Database, await shared.Servers.CreateVirtualHostAsync(Stop), ("Catalog:SeedFile", "/nowhere.json"));
            using var client = second.CreateClient();
            Assert.Equal(
                "4",
                System.Text.Json.Nodes.JsonNode.Parse(await client.GetStringAsync("api/catalog/items", Stop))!["count"]!.ToJsonString());
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_WithABadFile_EndsWithTheReason()
    {
        using var tokens = new TestTokens();
        await using var factory = CatalogApp.CreateFactory(
            tokens, await shared.Servers.CreateDatabaseAsync(Stop), await shared.Servers.CreateVirtualHostAsync(Stop),
            ("Catalog:SeedFile", "/nowhere/products.json"));

        var exception = Assert.Throws<SeedFileException>(factory.StartServer);

        Assert.Contains("Catalog:SeedFile, which is '/nowhere/products.json'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhileTheBrokerIsDown_AnswersReads()
    {
        using var tokens = new TestTokens();
        await using var factory = CatalogApp.CreateFactory(
            tokens, await shared.Servers.CreateDatabaseAsync(Stop), "amqp://guest:guest@127.0.0.1:1/none");
        using var client = factory.CreateClient();

        using var response = await client.GetAsync("api/catalog/items/1", Stop);

        Assert.True(response.IsSuccessStatusCode);
    }
}
