using EventBus.Tests.Shop;
using Servers;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(EventBus.Tests.Setup.TestServers))]

namespace EventBus.Tests.Setup;

/// <summary>The real PostgreSQL, RabbitMQ and Redis of this assembly.</summary>
public sealed class TestServers : IAsyncLifetime
{
    private ShopServers? _servers;

    public ShopServers Servers => _servers ?? throw new InvalidOperationException("Not started.");

    /// <summary>A Redis database of its own, empty whatever earlier runs left in it.</summary>
    public async Task<string> CreateEmptyRedisAsync()
    {
        var address = Servers.CreateRedisDatabase();
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{address},allowAdmin=true");
        foreach (var server in redis.GetServers())
        {
            await server.FlushDatabaseAsync(ConfigurationOptions.Parse(address).DefaultDatabase ?? 0);
        }

        return address;
    }

    /// <summary>A shop on PostgreSQL and the in-memory broker.</summary>
    public async Task<Service> StartShopAsync(Action<EventBusOptions>? configure = null, string? database = null) =>
        await Service.StartAsync(new ServicePlan
        {
            Name = "Shop.Api",
            Declare = bus => bus
                .Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>()
                .Publishes<PriceChanged>(e => $"{e.ProductId}", e => e.Version).Subscribe<PriceChanged, NoteEffect>(),
            Configure = configure ?? (_ => { }),
            Broker = new InMemoryBroker(),
            Postgres = database ?? await Servers.CreateDatabaseAsync(TestContext.Current.CancellationToken),
        });

    public async ValueTask InitializeAsync() => _servers = await ShopServers.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}
