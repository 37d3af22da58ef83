using System.Globalization;
using Basket.Api.Products;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Basket.Api.Tests.Http;

/// <summary>Plays Catalog: publishes its events, serves its change feed, and records the events of Basket.</summary>
public sealed class FakeCatalog : IAsyncDisposable
{
    private readonly WebApplication _http;
    private readonly Lock _gate = new();
    private readonly List<FeedProduct> _changes = [];
    private Stranger? _stranger;

    private FakeCatalog(WebApplication http) => _http = http;

    /// <summary>Whether the change feed answers. Default: true.</summary>
    public bool IsUp { get; set; } = true;

    public string Address => _http.Urls.First();

    public static async Task<FakeCatalog> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var catalog = new FakeCatalog(builder.Build());
        catalog._http.MapGet("/api/catalog/changes", catalog.ListChanges);
        await catalog._http.StartAsync(cancellationToken);
        return catalog;
    }

    /// <summary>Waits until Basket has declared its queue.</summary>
    public async Task ConnectAsync(string messaging, CancellationToken cancellationToken)
    {
        _stranger = await Stranger.ConnectAsync(messaging, cancellationToken);
        await _stranger.ListenAsync(["basket-api"], [("events", "basket.#")], cancellationToken);
    }

    /// <summary>Changes a product without an event.</summary>
    public void Change(int id, decimal price, int stock, long version)
    {
        lock (_gate)
        {
            _changes.Add(new FeedProduct(id, $"Product {id}", price, "EUR", stock, IsDiscontinued: false, version));
        }
    }

    public Task PublishAsync(string type, object message, string key, long version, CancellationToken cancellationToken) =>
        _stranger!.PublishAsync(type, key, message, version, cancellationToken);

    public async Task DeleteQueueAsync(string queue, CancellationToken cancellationToken)
    {
        await using var channel = await _stranger!.Connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken);
    }

    public IReadOnlyCollection<WireMessage> HeardMessages => _stranger!.Heard;

    public IReadOnlyList<T> Heard<T>(string type) => _stranger!.HeardAs<T>(type);

    public async ValueTask DisposeAsync()
    {
        if (_stranger is not null)
        {
            await _stranger.DisposeAsync();
        }

        await _http.DisposeAsync();
    }

    // A position is the number of changes read so far.
    private IResult ListChanges(string? after, int limit)
    {
        if (!IsUp)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        lock (_gate)
        {
            var read = after is null ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
            var page = _changes.Skip(read).Take(limit).ToList();
            var next = read + page.Count;
            return Results.Ok(new FeedPage(page, next.ToString(CultureInfo.InvariantCulture), HasMore: next < _changes.Count));
        }
    }
}
