using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Benchmarks.Catalog;

/// <summary>
/// Measures the first page of the catalog, cached and uncached. For comparison: a server that only runs the same query, and one with a
/// constant answer. Load generator, servers and database run on the same machine.
/// </summary>
internal static class CatalogBenchmark
{
    private const string RawQuery = "Npgsql and Kestrel alone: the same queries";
    private const string RawConstant = "Kestrel alone: always the same answer";
    private const string Page = "/api/catalog/items?pageIndex=0&pageSize=10";
    private static readonly string[] Parts = ["postgres", "catalogdb", "messaging", "catalog-api"];

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        report.Progress("starting PostgreSQL, RabbitMQ and Catalog.Api");
        await using var app = await StartAsync(cancellationToken);
        var catalog = app.GetEndpoint("catalog-api", "http");
        await using var raw = await RawServer.StartAsync(
            (await app.GetConnectionStringAsync("catalogdb", cancellationToken))!, cancellationToken);

        for (var round = 0; round <= options.Rounds; round++)
        {
            report.Progress(round == 0 ? "round to warm up" : $"round {round} of {options.Rounds}");
            await MeasureAsync(RawQuery, raw: null, raw.Address, _ => "/items");
            await MeasureAsync("Catalog.Api: list, past the cache", RawQuery, catalog, Uncached);
            await MeasureAsync(RawConstant, raw: null, raw.Address, _ => "/constant");
            await MeasureAsync("Catalog.Api: list, from the cache", RawConstant, catalog, _ => Page);
            if (round == 0)
            {
                report.Clear();
            }
        }

        report.Progress("stopping");

        async Task MeasureAsync(string name, string? raw, Uri server, Func<int, string> path) =>
            report.Add(name, await HttpLoad.RunAsync(server, path, options.Duration, cancellationToken), "req/s", raw);
    }

    // The cache stores an answer per query string, so a meaningless parameter makes every request uncached.
    private static string Uncached(int number) => string.Create(CultureInfo.InvariantCulture, $"{Page}&nothing={Guid.NewGuid():n}{number}");

    private static async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Shop:Volumes=false"], cancellationToken);
        foreach (var resource in builder.Resources
            .Where(resource => !Parts.Contains(resource.Name) && resource is not ParameterResource).ToArray())
        {
            builder.Resources.Remove(resource);
        }

        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single())
            .WithEnvironment("RateLimits__RequestsPerSecond", "0");
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("catalog-api", cancellationToken);
        return app;
    }
}
