using EventBus.Messages;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using EventBus.Transport;
using ServiceBusBroker;

namespace EventBus.Tests.Contracts;

/// <summary>The behavior of the bus on every store. The classes at the end of the file run it for each store and transport.</summary>
public abstract partial class StoreContract(TestServers servers)
{
    protected TestServers Test => servers;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A service on this transport and store. Services of one test share a broker; each has its own store.</summary>
    protected abstract Task<ServicePlan> PlanAsync(string name, Action<EventBusBuilder> declare);

    protected async Task<Service> StartAsync(
        string name, Action<EventBusBuilder> declare, Action<EventBusOptions>? configure = null,
        Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? services = null)
    {
        var plan = await PlanAsync(name, declare);
        return await Service.StartAsync(plan with { Configure = configure ?? plan.Configure, Services = services ?? plan.Services });
    }

    protected Task<Service> StartShopAsync(Action<EventBusOptions>? configure = null) => StartAsync("Shop.Api", DeclareShop, configure);

    protected static void DeclareShop(EventBusBuilder bus) => bus
        .Publishes<PriceChanged>(e => $"{e.ProductId}", e => e.Version)
        .Publishes<StockChanged>(e => $"{e.ProductId}", e => e.Version)
        .Publishes<ItemSold>(e => $"{e.ProductId}")
        .Publishes<NoteTaken>(e => e.Text.Length > 1000 ? "long" : e.Text)
        .Subscribe<PriceChanged, NoteEffect>()
        .Subscribe<StockChanged, NoteEffect>()
        .Subscribe<ItemSold, NoteEffect>();

    internal static TransportMessage OnWire(object message, string key, long version = 0, Guid? id = null, string? type = null) =>
        MessageFormat.ToTransport(
            new Envelope
            {
                MessageId = id ?? Guid.CreateVersion7(),
                Type = type ?? WireName.Of(message.GetType()),
                Kind = MessageKind.Event,
                Key = key,
                Version = version,
                CorrelationId = key,
                Body = MessageJson.Write(message),
                CreatedAt = TimeProvider.System.GetUtcNow(),
            },
            TimeProvider.System.GetUtcNow(),
            requiresReceiver: false);
}

public sealed class PostgresOnRabbitMq(TestServers servers) : StoreContract(servers)
{
    private string? _broker;

    protected override async Task<ServicePlan> PlanAsync(string name, Action<EventBusBuilder> declare) => new()
    {
        Name = name,
        Declare = declare,
        RabbitMq = _broker ??= await Test.Servers.CreateVirtualHostAsync(Token),
        Postgres = await Test.Servers.CreateDatabaseAsync(Token),
    };
}

public sealed class PostgresInMemory(TestServers servers) : StoreContract(servers)
{
    private readonly InMemoryBroker _broker = new();

    protected override async Task<ServicePlan> PlanAsync(string name, Action<EventBusBuilder> declare) =>
        new() { Name = name, Declare = declare, Broker = _broker, Postgres = await Test.Servers.CreateDatabaseAsync(Token) };
}

public sealed class PostgresOnServiceBus(TestServers servers) : StoreContract(servers), IAsyncDisposable
{
    private readonly TestServiceBus _broker = new();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    protected override async Task<ServicePlan> PlanAsync(string name, Action<EventBusBuilder> declare) =>
        new() { Name = name, Declare = declare, ServiceBus = _broker, Postgres = await Test.Servers.CreateDatabaseAsync(Token) };
}

public sealed class RedisInMemory(TestServers servers) : StoreContract(servers)
{
    private readonly InMemoryBroker _broker = new();

    protected override async Task<ServicePlan> PlanAsync(string name, Action<EventBusBuilder> declare) =>
        new() { Name = name, Declare = declare, Broker = _broker, Redis = await Test.CreateEmptyRedisAsync() };
}

public sealed class RedisOnServiceBus(TestServers servers) : StoreContract(servers), IAsyncDisposable
{
    private readonly TestServiceBus _broker = new();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    protected override async Task<ServicePlan> PlanAsync(string name, Action<EventBusBuilder> declare) =>
        new() { Name = name, Declare = declare, ServiceBus = _broker, Redis = await Test.CreateEmptyRedisAsync() };
}
