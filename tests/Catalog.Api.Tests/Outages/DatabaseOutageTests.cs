using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Catalog.Api.Tests.Setup;
using Npgsql;

namespace Catalog.Api.Tests.Outages;

public sealed class DatabaseOutageTests(SharedApp shared)
{
    private static readonly string[] Reads =
        ["items", "items/3", "items/by?ids=3", "items/3/pic", "facets", "changes", "catalogtypes", "catalogbrands"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_AfterTheServerEndedTheirConnections_AreAnswered()
    {
        const int Connections = 8;
        await using var app = await CatalogApp.StartAsync(shared.Servers, [], Stop, NoCache.AddTo);
        await Task.WhenAll(Enumerable.Range(0, Connections).SelectMany(_ => Reads).Select(path => GetAsync(app.Anyone, path)));

        // Not those of the event bus: it notices at once, and empties the pool for all.
        await using (var connection = await app.ConnectAsync(Stop))
        await using (var end = new NpgsqlCommand(
            """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and query !~ 'messaging|listen|pg_'
            """,
            connection))
        {
            Assert.True((long)(await end.ExecuteScalarAsync(Stop))! > 1);
        }

        foreach (var path in Reads)
        {
            Assert.Equal(HttpStatusCode.OK, await GetAsync(app.Anyone, path));
        }
    }

    [Fact]
    public async Task EveryRequest_WhileTheServerRefusesConnections_IsAnswered503WithinThreeSeconds()
    {
        var (gate, database) = Gate.Before(await shared.Servers.CreateDatabaseAsync(Stop));
        using var open = gate;
        using var tokens = new TestTokens();
        await using var factory = NoCache.In(
            CatalogApp.CreateFactory(tokens, database, await shared.Servers.CreateVirtualHostAsync(Stop)));
        using var http = factory.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Admin(Guid.NewGuid()));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, "items"));

        gate.Close();

        await UnavailableAsync(http, HttpMethod.Get, "api/catalog/items");
        await UnavailableAsync(http, HttpMethod.Get, "api/catalog/catalogtypes");
        await UnavailableAsync(http, HttpMethod.Post, "api/catalog/items");
        await UnavailableAsync(http, HttpMethod.Delete, "api/catalog/items/3");
        await UnhealthyAsync(http);

        gate.Open();
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, "items"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, "catalogtypes"));
    }

    [Fact]
    public async Task Reads_WhileTheServerHangs_AreAnswered503WithinThreeSeconds()
    {
        var (gate, database) = Gate.Before(await shared.Servers.CreateDatabaseAsync(Stop));
        using var open = gate;
        using var tokens = new TestTokens();
        await using var factory = NoCache.In(
            CatalogApp.CreateFactory(tokens, database, await shared.Servers.CreateVirtualHostAsync(Stop)));
        using var http = factory.CreateClient();
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, "items"));

        gate.Hang();

        await UnavailableAsync(http, HttpMethod.Get, "api/catalog/items");
        await UnhealthyAsync(http);

        gate.Close();
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync($"api/catalog/{path}", Stop);
        return response.StatusCode;
    }

    private static async Task UnavailableAsync(HttpClient http, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Post ? JsonContent.Create(
            CatalogApp.Body("X")) : null };
        var started = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request, Stop);
        var elapsed = Stopwatch.GetElapsedTime(started);

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.True(elapsed < Limit, $"{method} {path} took {elapsed}");
    }

    private static async Task UnhealthyAsync(HttpClient http)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await http.GetAsync("health", Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Limit);
    }
}
