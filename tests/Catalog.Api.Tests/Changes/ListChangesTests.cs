using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Catalog.Api.Tests.Setup;
using Npgsql;

namespace Catalog.Api.Tests.Changes;

public sealed class ListChangesTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_FromTheBeginning_HasEveryProductOnceInOrder()
    {
        var (products, last) = await ReadAllAsync(after: "", limit: 20);

        Assert.True(products.Count >= 104);
        Assert.Equal(products.Count, products.Select(product => (int)product["productId"]!).Distinct().Count());
        Assert.Equal(
            ["productId", "name", "description", "price", "currency", "brand", "type", "availableStock", "isDiscontinued", "version"],
            products[0].Members());
        Assert.Matches("^[0-9]+-[0-9]+$", last);
    }

    [Fact]
    public async Task Feed_AfterSeveralChanges_HasTheLastState()
    {
        var id = await shared.App.NewProductAsync(stock: 4, Stop);
        await AppearsAsync(id, version: 1, after: "");
        var (_, after) = await ReadAllAsync("", 1000);

        using var changed = await shared.App.Admin.PutAsJsonAsync(
            $"api/catalog/items/{id}", CatalogApp.Body("Followed", price: 77, stock: 4), Stop);
        using var gone = await shared.App.Admin.DeleteAsync($"api/catalog/items/{id}", Stop);

        var state = await AppearsAsync(id, version: 4, after);
        Assert.Equal((77m, true, 0), ((decimal)state["price"]!, (bool)state["isDiscontinued"]!, (int)state["availableStock"]!));
    }

    [Fact]
    public async Task Feed_WhileAnOlderTransactionRuns_WaitsForItAndMissesNothing()
    {
        var early = await shared.App.NewProductAsync(stock: 4, Stop);
        var late = await shared.App.NewProductAsync(stock: 4, Stop);
        await AppearsAsync(late, version: 1, after: "");
        var (_, after) = await ReadAllAsync("", 1000);

        // The older transaction has changed a product and is still open; the younger one is committed.
        await using var connection = await shared.App.ConnectAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using (
            var command = new NpgsqlCommand($"update products set on_hand = 55, version = 2 where id = {early}", connection, transaction))
        {
            await command.ExecuteNonQueryAsync(Stop);
        }

        using var younger = await shared.App.Admin.PutAsJsonAsync($"api/catalog/items/{late}", CatalogApp.Body("Younger", stock: 4), Stop);
        var (readNow, position) = await ReadAllAsync(after, 1000);
        Assert.DoesNotContain(readNow, product => (int)product["productId"]! == late);

        await transaction.CommitAsync(Stop);
        Assert.Equal(55, (int)(await AppearsAsync(early, version: 2, position))["availableStock"]!);
        await AppearsAsync(late, version: 2, position);
    }

    [Fact]
    public async Task Feed_UnderConcurrentCommits_MissesNoLastState()
    {
        var ids = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await shared.App.NewProductAsync(stock: 4, Stop));
        }

        var known = new Dictionary<int, long>();
        var position = "";
        var writing = Task.WhenAll(ids.Select(async id =>
        {
            for (var round = 1; round <= 12; round++)
            {
                using var response = await shared.App.Admin.PutAsJsonAsync(
                    $"api/catalog/items/{id}", CatalogApp.Body("Busy", price: 50 + round, stock: 4), Stop);
                Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            }
        }));

        while (!writing.IsCompleted)
        {
            await FollowAsync();
        }

        await writing;
        await Eventually.TrueAsync(
            async () =>
            {
                await FollowAsync();
                return ids.All(id => known.GetValueOrDefault(id) == 14);
            });

        async Task FollowAsync()
        {
            (var products, position) = await ReadAllAsync(position, 3);
            foreach (var product in products)
            {
                var id = (int)product["productId"]!;
                Assert.True((long)product["version"]! > known.GetValueOrDefault(id));
                known[id] = (long)product["version"]!;
            }
        }
    }

    [Theory]
    [InlineData("after=yesterday", "after")]
    [InlineData("after=5", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=many&after=-", "after,limit")]
    public async Task Feed_WrongQuery_NamesTheFields(string query, string fields)
    {
        using var response = await shared.App.Anyone.GetAsync($"api/catalog/changes?{query}", Stop);

        Assert.Equal(fields.Split(','), (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    private async Task<JsonNode> AppearsAsync(int id, long version, string after)
    {
        JsonNode? found = null;
        await Eventually.TrueAsync(
            async () =>
            {
                var (products, _) = await ReadAllAsync(after, 1000);
                found = products.SingleOrDefault(product => (int)product["productId"]! == id && (long)product["version"]! == version);
                return found is not null;
            });
        return found!;
    }

    private async Task<(List<JsonNode> Products, string Next)> ReadAllAsync(string after, int limit)
    {
        var products = new List<JsonNode>();
        JsonNode page;
        do
        {
            page = await shared.App.GetAsync($"api/catalog/changes?after={after}&limit={limit}", Stop);
            products.AddRange(page["changes"]!.AsArray().Select(product => product!));
            after = (string)page["next"]!;
        }
        while ((bool)page["hasMore"]!);

        return (products, after);
    }
}
