using Aspire.Hosting.Testing;

namespace Benchmarks.Catalog;

/// <summary>
/// Measures the catalog in Production mode, with and without telemetry: lists and searches past the cache, and everything from the cache.
/// For comparison, in turn: a server that only runs the same query, one with a constant answer, and nginx with the same bytes. Load
/// generator, servers and database share this machine.
/// </summary>
internal static class CatalogBenchmark
{
    private const string List = "/api/catalog/items?pageIndex=0&pageSize=10";
    private const string Item = "/api/catalog/items/1";
    private const string Search = "/api/catalog/items?name=tent&pageSize=10";
    private const string Facets = "/api/catalog/facets";
    private const string Picture = "/api/catalog/items/1/pic";
    private const string RawQuery = "Npgsql and Kestrel alone: the same query";
    private const string RawConstant = "Kestrel alone: always the same answer";
    private const string NginxPicture = "nginx: the same picture";

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        await Wrk.InstallAsync(cancellationToken);
        foreach (var hasTelemetry in (bool[])[false, true])
        {
            await RunAsync(report, options, hasTelemetry, cancellationToken);
        }
    }

    private static async Task RunAsync(Report report, BenchmarkOptions options, bool hasTelemetry, CancellationToken cancellationToken)
    {
        var suffix = hasTelemetry ? ", with telemetry" : "";
        report.Progress($"starting the shop{suffix}");
        await using var app = await RunningShop.StartAsync(hasTelemetry, cancellationToken);
        var catalog = app.GetEndpoint("catalog-api", "http");
        await using var raw = await RawServer.StartAsync(
            (await app.GetConnectionStringAsync("catalogdb", cancellationToken))!, cancellationToken);
        using var http = new HttpClient { BaseAddress = catalog };
        await using var nginx = await Nginx.StartAsync(
            new Dictionary<string, byte[]>
            {
                ["list"] = await http.GetByteArrayAsync(List, cancellationToken),
                ["picture"] = await http.GetByteArrayAsync(Picture, cancellationToken),
            },
            cancellationToken);
        var warmUp = new Report(options);

        for (var round = 0; round <= options.Rounds; round++)
        {
            report.Progress(round == 0 ? "round to warm up" : $"round {round} of {options.Rounds}");
            var measured = round == 0 ? warmUp : report;
            await MeasureAsync(RawQuery, raw: null, new Uri(raw.Address, "/items"), PricesOf("/items?"));
            await MeasureAsync("list, past the cache (goal 0.90)", RawQuery, new Uri(catalog, List), PricesOf($"{List}&"));
            await MeasureAsync("search, past the cache", RawQuery, new Uri(catalog, Search), PricesOf($"{Search}&"));
            await MeasureAsync(RawConstant, raw: null, new Uri(raw.Address, "/constant"));
            await MeasureAsync("nginx: the same list", RawConstant, new Uri(nginx.Address, "list"));
            await MeasureAsync("list, from the cache (goal 0.75)", RawConstant, new Uri(catalog, List));
            await MeasureAsync("search, from the cache", RawConstant, new Uri(catalog, Search));
            await MeasureAsync("item, from the cache", RawConstant, new Uri(catalog, Item));
            await MeasureAsync("facets, from the cache", RawConstant, new Uri(catalog, Facets));
            await MeasureAsync(NginxPicture, raw: null, new Uri(nginx.Address, "picture"));
            await MeasureAsync("picture", NginxPicture, new Uri(catalog, Picture));

            async Task MeasureAsync(string name, string? raw, Uri address, string? script = null) => measured.Add(
                name + suffix, await Wrk.RunAsync(address, options.Duration, script, cancellationToken), "req/s",
                raw is null ? null : raw + suffix);
        }

        report.Progress("stopping");
    }

    /// <summary>Queries that no request before had, but that find the same: no product costs less or more.</summary>
    private static string PricesOf(string path) => $$"""
        local n = math.floor(os.time() * 1000) % 10000000
        request = function()
            n = n + 1
            local prices = string.format("minPrice=0.%04d&maxPrice=%d", n % 10000, 90000 + math.floor(n / 10000))
            return wrk.format("GET", "{{path}}" .. prices)
        end
        """;
}
