using EventBus.Tests.Setup;
using RabbitMQ.Client;
using ShopServers = Servers.ShopServers;

namespace EventBus.Tests.Faults.Rig;

/// <summary>
/// Two services in separate processes: Sales publishes, Stock handles the messages and answers. Each has its own store, and its connections
/// to the servers go through a proxy that can cut and freeze them.
/// </summary>
internal sealed partial class FaultedShop : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<Probe> _probes = [];
    private readonly IFaultedBroker _broker;

    private FaultedShop(IFaultedBroker broker, ILedgerStore sales, ILedgerStore stock)
    {
        (_broker, Sales, Stock) = (broker, sales, stock);
        SalesBroker = Open(broker.Address.Host, broker.Address.Port);
        StockBroker = Open(broker.Address.Host, broker.Address.Port);
        SalesStore = Open(sales.Address.Host, sales.Address.Port);
        StockStore = Open(stock.Address.Host, stock.Address.Port);
    }

    public ILedgerStore Sales { get; }

    public ILedgerStore Stock { get; }

    public TcpProxy SalesBroker { get; }

    public TcpProxy StockBroker { get; }

    public TcpProxy SalesStore { get; }

    public TcpProxy StockStore { get; }

    /// <summary>Changes to the settings of the processes that are started from now on.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["EventBus__BrokerTimeout"] = "00:00:02",
        ["EventBus__SweepInterval"] = "00:00:00.2",
        ["Probe__RetryDelays__0"] = "00:00:00.3",
        ["Probe__RetryDelays__1"] = "00:00:00.5",
        ["DOTNET_TieredPGO"] = "0",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="servers">The servers.</param>
    /// <param name="createStore">Creates the store of each service.</param>
    /// <param name="broker">Null for a virtual host of RabbitMQ.</param>
    public static async Task<FaultedShop> OpenAsync(
        ShopServers servers, Func<ShopServers, Task<ILedgerStore>> createStore, IFaultedBroker? broker = null) => new(
        broker ?? new RabbitMqBroker(await servers.CreateVirtualHostAsync(Token)), await createStore(servers), await createStore(servers));

    public Task<Probe> StartSalesAsync() => StartAsync("Sales.Api", SalesBroker, Sales, SalesStore);

    public Task<Probe> StartStockAsync() => StartAsync("Stock.Api", StockBroker, Stock, StockStore);

    /// <summary>RabbitMQ only.</summary>
    public Task<IConnection> OpenBrokerAsync() => ((RabbitMqBroker)_broker).ConnectAsync();

    public Task<long> CountAsync(string queue) => _broker.CountAsync(queue);

    /// <summary>Of one queue of a service.</summary>
    public Task<long> DeadLettersAsync(string queue) => _broker.CountDeadLettersAsync(queue);

    /// <summary>Of Stock, events and commands.</summary>
    public async Task<int> DeadLettersAsync() =>
        (int)(await DeadLettersAsync("stock-api") + await DeadLettersAsync("bus-probe.charge-order"));

    public Task SettlesAsync(Func<Task<bool>> condition, string expectation) => Eventually.TrueAsync(
        condition, () => $"{expectation}\n{string.Join("\n----\n", _probes.Select(probe => probe.Log))}", Patience);

    public async ValueTask DisposeAsync()
    {
        foreach (var probe in _probes)
        {
            await probe.DisposeAsync();
        }

        foreach (var link in new[] { SalesBroker, StockBroker, SalesStore, StockStore })
        {
            await link.DisposeAsync();
        }

        await Sales.DisposeAsync();
        await Stock.DisposeAsync();
        await _broker.DisposeAsync();
    }

    private static TcpProxy Open(string host, int port)
    {
        var link = new TcpProxy(host, port);
        link.Mend();
        return link;
    }

    private async Task<Probe> StartAsync(string name, TcpProxy brokerLink, ILedgerStore store, TcpProxy storeLink)
    {
        var messaging = _broker.AddressThrough(brokerLink.Port);
        var probe = await Probe.StartAsync(
            name, new Dictionary<string, string>(
                [.. Settings, new("ConnectionStrings__messaging", messaging), .. store.SettingsThrough(storeLink.Port)]));
        _probes.Add(probe);
        return probe;
    }
}
