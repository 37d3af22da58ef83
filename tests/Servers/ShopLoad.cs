using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Servers;

/// <summary>The load generator of a running AppHost: the resource <c>load</c>.</summary>
public sealed class ShopLoad : IDisposable
{
    private const string Load = "load";
    private readonly DistributedApplication _app;
    private readonly HttpClient _http;
    private readonly ConcurrentQueue<string> _lines = [];

    private ShopLoad(DistributedApplication app) =>
        (_app, _http) = (app, new HttpClient { BaseAddress = app.GetEndpoint(Load, "http") });

    /// <summary>What the load generator has printed.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Starts the load generator, and waits until it answers.</summary>
    public static async Task<ShopLoad> StartAsync(DistributedApplication app, double visitsPerSecond, CancellationToken cancellationToken)
    {
        await app.ExecuteAsync(Load, KnownResourceCommands.StartCommand, [KnownResourceStates.Running], cancellationToken);
        var load = new ShopLoad(app);
        _ = load.ReadAsync(cancellationToken);
        while (true)
        {
            try
            {
                await load._http.GetStringAsync("alive", cancellationToken);
                await load.ChangeRateAsync(visitsPerSecond, cancellationToken);
                return load;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }
    }

    public async Task ChangeRateAsync(double visitsPerSecond, CancellationToken cancellationToken)
    {
        var perSecond = visitsPerSecond.ToString(CultureInfo.InvariantCulture);
        using var answer = await _http.PostAsync($"rate?perSecond={perSecond}", content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until an operation has ended so often.</summary>
    public async Task CountsAsync(string operation, int count, CancellationToken cancellationToken)
    {
        while ((await RowsAsync(cancellationToken)).FirstOrDefault(row => (string?)row["operation"] == operation) is not { } row
            || (int)row["count"]! < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    /// <summary>The requests that failed, as in <c>add: 503 × 2</c>.</summary>
    public async Task<IReadOnlyList<string>> FailuresAsync(CancellationToken cancellationToken) =>
    [
        .. from row in await RowsAsync(cancellationToken)
            from failure in row["failures"]!.AsObject()
            select $"{(string?)row["operation"]}: {failure.Key} × {failure.Value}",
    ];

    /// <summary>Ends the load, and waits until the books are checked.</summary>
    /// <returns>Whether they are right.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsync("finish", content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var ended = await _app.ResourceNotifications.WaitForResourceAsync(
            Load, resource => resource.Snapshot.ExitCode is not null, cancellationToken);
        return ended.Snapshot.ExitCode == 0;
    }

    public void Dispose() => _http.Dispose();

    private async Task<IEnumerable<JsonNode>> RowsAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<JsonArray>("report", cancellationToken))!.OfType<JsonNode>();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var process = (await _app.ReplicasOfAsync(Load, cancellationToken))[0];
        await foreach (var lines in _app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(process)
            .WithCancellation(cancellationToken))
        {
            foreach (var line in lines)
            {
                // Aspire puts the time before each line.
                _lines.Enqueue(line.Content[(line.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            }
        }
    }
}
