using System.Diagnostics.Metrics;
using EventBus;
using EventBus.AzureServiceBus;
using EventBus.Postgres;
using EventBus.RabbitMq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Messaging;

/// <summary>A service with the bus, configured as in the shop.</summary>
internal sealed class BusHost : IAsyncDisposable
{
    public const string Queue = "sales";
    private const string Sent = "messaging.client.sent.messages";
    private const string Handled = "messaging.client.consumed.messages";
    private static readonly string Note = new('x', 430);

    private readonly IHost _host;
    private readonly MeterListener _meters = new();
    private Rate? _relayed;
    private Rate? _handled;

    private BusHost(IHost host)
    {
        _host = host;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "EventBus", Name: Sent or Handled })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>(OnMeasured);
    }

    public Arrivals Arrivals => _host.Services.GetRequiredService<Arrivals>();

    private static BusHost Create(string broker, string database, Action<EventBusBuilder> role, Action<EventBusOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = Queue, EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:messaging", broker),
            new("ConnectionStrings:shop", database),
        ]);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error).AddFilter("EventBus.Consuming", LogLevel.None);
        builder.Services.AddSingleton<Arrivals>();
        builder.AddNpgsqlDbContext<ShopContext>("shop");
        var bus = builder.AddEventBus(configure).UsePostgres<ShopContext>();
        role(broker.StartsWith("Endpoint=", StringComparison.Ordinal) ? bus.UseAzureServiceBus("messaging") : bus.UseRabbitMq("messaging"));
        return new BusHost(builder.Build());
    }

    public static BusHost Seller(BenchmarkServers servers) =>
        Create(servers.Broker, servers.Seller, bus => bus.Publishes<ItemSold>(sold => $"{sold.ItemId}", sold => sold.Number));

    public static BusHost Consumer(BenchmarkServers servers, bool inBatches, Action<EventBusOptions>? configure = null) =>
        Create(servers.Broker, servers.Consumer, bus => bus.Subscribe<ItemSold, NoteSale>(inBatches), configure);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _meters.Start();
        await _host.StartAsync(cancellationToken);
    }

    public Task<bool> CreateDatabaseAsync(CancellationToken cancellationToken) =>
        WithDbAsync(db => db.Database.EnsureCreatedAsync(cancellationToken));

    /// <summary>Writes events into the outbox, many to a transaction.</summary>
    public async Task FillOutboxAsync(int count, CancellationToken cancellationToken)
    {
        foreach (var numbers in Enumerable.Range(0, count).Chunk(1000))
        {
            await SellAsync(numbers.Select(Sale), cancellationToken);
        }
    }

    /// <summary>Publishes in one transaction.</summary>
    public Task SellAsync(IEnumerable<ItemSold> sales, CancellationToken cancellationToken) => WithDbAsync(db =>
    {
        foreach (var sold in sales)
        {
            db.Publish(sold);
        }

        return db.SaveChangesAsync(cancellationToken);
    });

    public static ItemSold Sale(int number) => new(number % 1000, number, TimeProvider.System.GetTimestamp(), Note);

    /// <summary>Messages per second that the broker confirms.</summary>
    public Task<double> RelayRateAsync(int count, CancellationToken cancellationToken) =>
        (_relayed = new Rate(count)).PerSecondAsync(cancellationToken);

    /// <summary>Messages per second whose handling is committed.</summary>
    public Task<double> HandleRateAsync(int count, CancellationToken cancellationToken) =>
        (_handled = new Rate(count)).PerSecondAsync(cancellationToken);

    /// <summary>Waits until it is connected and its topology declared.</summary>
    public async Task IsHealthyAsync(CancellationToken cancellationToken)
    {
        var health = _host.Services.GetRequiredService<HealthCheckService>();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await health.CheckHealthAsync(deadline.Token)).Status != HealthStatus.Healthy)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _meters.Dispose();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private async Task<T> WithDbAsync<T>(Func<ShopContext, Task<T>> work)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ShopContext>());
    }

    private void OnMeasured(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        switch (instrument.Name)
        {
            case Sent:
                _relayed?.Add((int)value);
                break;
            case Handled:
                _handled?.Add((int)value);
                break;
        }
    }
}
