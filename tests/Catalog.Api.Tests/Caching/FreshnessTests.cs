using System.Net.Http.Json;
using Catalog.Api.Tests.Setup;
using Npgsql;

namespace Catalog.Api.Tests.Caching;

public sealed class FreshnessTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_IsInTheNextAnswer()
    {
        var id = await shared.App.NewProductAsync(stock: 5, Stop);
        for (var stock = 6; stock < 12; stock++)
        {
            using var response = await shared.App.Admin.PutAsJsonAsync(
                $"api/catalog/items/{id}", CatalogApp.Body("Fresh", stock: stock), Stop);
            Assert.True(response.IsSuccessStatusCode);
            Assert.Equal(stock, await shared.App.StockAsync(id, Stop));
        }
    }

    [Fact]
    public async Task ChangeOfAnotherReplica_IsSeenSoon()
    {
        var id = await shared.App.NewProductAsync(stock: 5, Stop);
        Assert.Equal(5, await shared.App.StockAsync(id, Stop));

        await using var elsewhere = await shared.App.ConnectAsync(Stop);
        await using var command = new NpgsqlCommand($"update products set on_hand = 77, version = version + 1 where id = {id}", elsewhere);
        await command.ExecuteNonQueryAsync(Stop);

        await Eventually.TrueAsync(async () => await shared.App.StockAsync(id, Stop) == 77);
    }

    [Fact]
    public async Task SameRequest_IsAnsweredFromTheCache()
    {
        var path = $"api/catalog/items?pageSize=7&type=8&once={Guid.NewGuid()}";
        using var first = await shared.App.Anyone.GetAsync(path, Stop);

        // Other tests change products at the same time, so only some answers come from the cache. A cached answer has an age.
        await Eventually.TrueAsync(
            async () =>
            {
                using var next = await shared.App.Anyone.GetAsync(path, Stop);
                return next.Headers.Age is not null;
            });
    }
}
