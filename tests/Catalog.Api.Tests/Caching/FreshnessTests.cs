using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Catalog.Api.Caching;
using Catalog.Api.Items;
using Catalog.Api.Tests.Setup;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Catalog.Api.Tests.Caching;

public sealed partial class FreshnessTests(SharedApp shared)
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
        var path = $"api/catalog/items?pageSize=7&type=8&pageIndex={Random.Shared.Next(ItemQuery.MaxPageIndex)}";
        using var first = await shared.App.Anyone.GetAsync(path, Stop);

        // Other tests change products at the same time, so only some answers come from the cache. A cached answer has an age.
        await Eventually.TrueAsync(
            async () =>
            {
                using var next = await shared.App.Anyone.GetAsync(path, Stop);
                return next.Headers.Age is not null;
            });
    }

    [Fact]
    public async Task MemberThatNothingReads_IsAnsweredFromTheSameEntry()
    {
        var path = $"api/catalog/items?pageSize=7&type=8&pageIndex={Random.Shared.Next(ItemQuery.MaxPageIndex)}";
        using var first = await shared.App.Anyone.GetAsync(path, Stop);

        await Eventually.TrueAsync(
            async () =>
            {
                using var next = await shared.App.Anyone.GetAsync($"{path}&api-version=2.0&anything={Guid.NewGuid()}", Stop);
                return next.Headers.Age is not null;
            });
    }

    /// <summary>A member that is read, but is not part of the key, would be answered with what another request asked for.</summary>
    [Fact]
    public async Task DocumentedMembers_AreThoseOfTheKey()
    {
        var document = await shared.App.GetAsync("openapi/v1.json", Stop);
        var documented =
            from path in document["paths"]!.AsObject()
            where path.Value!["get"] is not null
            from parameter in path.Value["get"]!["parameters"]?.AsArray() ?? []
            where (string?)parameter!["in"] == "query"
            select $"{path.Key}?{parameter["name"]}";
        var cached =
            from endpoint in shared.App.Factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from member in endpoint.Metadata.GetMetadata<CachedQuery>()?.Members ?? []
            select $"{Constraints().Replace(endpoint.RoutePattern.RawText!.TrimEnd('/'), "}")}?{member}";
        string[] notCached = ["/api/catalog/changes?after", "/api/catalog/changes?limit"];

        Assert.Equal(
            documented.Where(member => !member.StartsWith("/api/dead-letters/", StringComparison.Ordinal)).Except(notCached).Order(
                StringComparer.OrdinalIgnoreCase),
            cached.Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(":[^}]*}")]
    private static partial Regex Constraints();
}
