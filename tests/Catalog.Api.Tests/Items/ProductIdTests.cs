using System.Net;
using System.Net.Http.Json;
using Catalog.Api.Items;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Items;

public sealed class ProductIdTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ids_TakenWhileOthersAreChosen_AreAllDifferent()
    {
        const int Takers = 4;
        const int Rounds = 60;
        var lowest = await TakeAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, Takers).Select(async _ =>
        {
            var ids = new List<int>();
            for (var round = 0; round < Rounds; round++)
            {
                // Just above what this taker has seen: others take ids beyond it before the sequence is raised.
                var next = (ids.Count > 0 ? ids[^1] : lowest) + 1;
                await shared.App.QueryAsync(async db =>
                {
                    await ProductIds.RaiseToAsync(db, next, Stop);
                    return true;
                });
                ids.Add(await TakeAsync());
            }

            return ids;
        }));

        var all = taken.SelectMany(ids => ids).ToList();
        Assert.Equal(Takers * Rounds, all.Distinct().Count());
        Assert.All(all, id => Assert.True(id > lowest));
    }

    [Fact]
    public async Task Create_AfterTheHighestIdWasChosen_SaysThatNoneIsLeft()
    {
        await using var app = await CatalogApp.StartAsync(shared.Servers, [], Stop);
        using var highest = await app.Admin.PostAsJsonAsync("api/catalog/items", CatalogApp.Body("Last", id: 1_000_000_000), Stop);
        Assert.Equal(HttpStatusCode.Created, highest.StatusCode);

        using var next = await app.Admin.PostAsJsonAsync("api/catalog/items", CatalogApp.Body("One more"), Stop);
        using var revised = await app.Admin.PutAsJsonAsync("api/catalog/items/1000000000", CatalogApp.Body("Last, revised"), Stop);

        await next.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.NoContent, revised.StatusCode);
    }

    private async Task<int> TakeAsync() => (await shared.App.QueryAsync(db => ProductIds.TakeAsync(db, requested: null, Stop)))!.Value;
}
