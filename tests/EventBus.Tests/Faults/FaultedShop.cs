using System.Globalization;
using EventBus.Tests.Setup;
using Npgsql;
using RabbitMQ.Client;
using ShopServers = Servers.ShopServers;

namespace EventBus.Tests.Faults;

/// <summary>
/// Two services in processes of their own, Sales that tells and Stock that works on it and answers, each with its own database; between each
/// of them and its servers a link that can be cut and frozen.
/// </summary>
internal sealed class FaultedShop : IAsyncDisposable
{
    private const int Start = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<Probe> _probes = [];
    private readonly string _broker;
    private readonly string _sales;
    private readonly string _stock;

    private FaultedShop(string broker, string sales, string stock)
    {
        (_broker, _sales, _stock) = (broker, sales, stock);
        var rabbit = new Uri(broker);
        SalesBroker = Open(rabbit.Host, rabbit.Port);
        StockBroker = Open(rabbit.Host, rabbit.Port);
        var postgres = new NpgsqlConnectionStringBuilder(sales);
        SalesDatabase = Open(postgres.Host!, postgres.Port);
        StockDatabase = Open(postgres.Host!, postgres.Port);
    }

    public TcpProxy SalesBroker { get; }

    public TcpProxy StockBroker { get; }

    public TcpProxy SalesDatabase { get; }

    public TcpProxy StockDatabase { get; }

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

    public static async Task<FaultedShop> OpenAsync(ShopServers servers) => new(
        await servers.CreateVirtualHostAsync(Token), await servers.CreateDatabaseAsync(Token), await servers.CreateDatabaseAsync(Token));

    public Task<Probe> StartSalesAsync() => StartAsync("Sales.Api", SalesBroker, _sales, SalesDatabase);

    public Task<Probe> StartStockAsync() => StartAsync("Stock.Api", StockBroker, _stock, StockDatabase);

    public Task<long> ToldAsync() => CountAsync(_sales, "select count(*) from told");

    public Task<long> SalesOutboxAsync() => CountAsync(_sales, "select count(*) from messaging.outbox");

    public Task<long> StockEffectsAsync() => CountAsync(_stock, "select count(*) from effects");

    public Task<long> CountInSalesAsync(string sql) => CountAsync(_sales, sql);

    public Task<long> CountInStockAsync(string sql) => CountAsync(_stock, sql);

    public Task<NpgsqlConnection> OpenSalesDatabaseAsync() => ConnectAsync(_sales);

    public Task<IConnection> OpenBrokerAsync() => new ConnectionFactory { Uri = new Uri(_broker) }.CreateConnectionAsync(Token);

    public async Task<uint> ReadyAsync(string queue)
    {
        await using var connection = await OpenBrokerAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        return await channel.MessageCountAsync(queue, Token);
    }

    /// <summary>Of Stock, events and commands.</summary>
    public async Task<int> DeadLettersAsync() => (int)(await ReadyAsync("stock-api.dead-letter") + await ReadyAsync("bus-probe.charge-order.dead-letter"));

    /// <summary>
    /// Everything that was committed has happened, once, in order, on both sides; nothing is left over but the poison. The services are
    /// stopped for it.
    /// </summary>
    /// <param name="poison">Dead letters of Stock; each is one message without effect.</param>
    public async Task HoldsAsync(int poison = 0)
    {
        var told = await ToldAsync();
        var orders = await CountAsync(_sales, "select count(distinct \"OrderId\") from told");
        var expected = told + orders - poison;
        await SettlesAsync(async () => await StockEffectsAsync() >= expected, $"{expected} effects in Stock");
        await SettlesAsync(
            async () => await CountAsync(_sales, "select count(*) from effects") >= await CountAsync(_stock, "select count(*) from effects where \"Version\" > 0"),
            "every answer of Stock has reached Sales");
        await SettlesAsync(async () => await SalesOutboxAsync() + await CountAsync(_stock, "select count(*) from messaging.outbox") == 0, "the outboxes are empty");

        await SettlesAsync(async () => await DeadLettersAsync() >= poison, $"{poison} dead letters");

        foreach (var probe in _probes.Where(probe => !probe.HasEnded))
        {
            Assert.Equal(0, await probe.TerminateAsync());
        }

        // All sessions are closed: what was not acknowledged would be back in its queue.
        foreach (var queue in new[] { "stock-api", "sales-api", "bus-probe.charge-order" })
        {
            Assert.Equal((queue, 0u), (queue, await ReadyAsync(queue)));
        }

        Assert.Equal(told + orders - poison, await StockEffectsAsync());
        foreach (var database in new[] { _stock, _sales })
        {
            Assert.Equal(0, await CountAsync(database, "select count(*) from (select from effects group by \"MessageId\" having count(*) > 1) doubled"));
            Assert.Equal(0, await CountAsync(database, """
                select count(*) from (
                    select "Version" - lag("Version") over (partition by "What", "OrderId" order by "Id") as step from effects) steps where step <= 0
                """));
        }

        Assert.Equal(0, await CountAsync(_stock, string.Create(CultureInfo.InvariantCulture, $"""
            select count(*) from stock where "Left" <> {Start} - (select count(*) from effects where effects."OrderId" = stock."OrderId" and "Version" > 0)
            """)));
        Assert.Equal(
            await CountAsync(_stock, "select count(*) from effects where \"Version\" > 0"), await CountAsync(_sales, "select count(*) from effects"));
        Assert.Equal(poison, await DeadLettersAsync());
        Assert.Equal(0u, await ReadyAsync("sales-api.dead-letter"));
        Assert.Equal(0u, await ReadyAsync("unrouted"));
    }

    public Task SettlesAsync(Func<Task<bool>> condition, string expectation) => Eventually.TrueAsync(
        condition, () => $"{expectation}\n{string.Join("\n----\n", _probes.Select(probe => probe.Log))}", Patience);

    public async ValueTask DisposeAsync()
    {
        foreach (var probe in _probes)
        {
            await probe.DisposeAsync();
        }

        foreach (var link in new[] { SalesBroker, StockBroker, SalesDatabase, StockDatabase })
        {
            await link.DisposeAsync();
        }
    }

    private static TcpProxy Open(string host, int port)
    {
        var link = new TcpProxy(host, port);
        link.Mend();
        return link;
    }

    private async Task<Probe> StartAsync(string name, TcpProxy brokerLink, string database, TcpProxy databaseLink)
    {
        var probe = await Probe.StartAsync(name, new Dictionary<string, string>(Settings)
        {
            ["ConnectionStrings__messaging"] = new UriBuilder(_broker) { Host = "127.0.0.1", Port = brokerLink.Port }.Uri.ToString(),
            ["ConnectionStrings__ledger"] = new NpgsqlConnectionStringBuilder(database)
            {
                Host = "127.0.0.1", Port = databaseLink.Port, Timeout = 3, CommandTimeout = 3, CancellationTimeout = 500,

                // Servers of tests are set up to forget the last commits when they are killed; these are not to.
                Options = "-c synchronous_commit=on",
            }.ConnectionString,
        });
        _probes.Add(probe);
        return probe;
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Token);
        return connection;
    }

    private static async Task<long> CountAsync(string database, string sql)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
