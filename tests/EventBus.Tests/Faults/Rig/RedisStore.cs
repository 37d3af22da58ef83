using System.Globalization;
using System.Net;
using System.Text.Json;
using EventBus.Outbox;
using StackExchange.Redis;
using ShopServers = Servers.ShopServers;

namespace EventBus.Tests.Faults.Rig;

internal sealed class RedisStore : ILedgerStore
{
    private readonly string _address;
    private readonly ConnectionMultiplexer _redis;

    private RedisStore(string address, ConnectionMultiplexer redis) => (_address, _redis) = (address, redis);

    public string Server => "basketstore";

    public (string Host, int Port) Address => ConfigurationOptions.Parse(_address).EndPoints[0] switch
    {
        DnsEndPoint name => (name.Host, name.Port),
        IPEndPoint ip => (ip.Address.ToString(), ip.Port),
        var other => throw new NotSupportedException($"{other}"),
    };

    // The conditions are checked before the step is sent; only the step itself writes a hash.
    public string CommitCommand => "HSET";

    private IDatabase Database => _redis.GetDatabase();

    public static async Task<ILedgerStore> CreateAsync(ShopServers servers)
    {
        // A long time-out, so that queries wait while the server is killed and restarted.
        var options = ConfigurationOptions.Parse(servers.CreateRedisDatabase());
        (options.AbortOnConnectFail, options.AllowAdmin, options.AsyncTimeout) = (false, true, 30_000);
        var redis = await ConnectionMultiplexer.ConnectAsync(options);
        await redis.GetServers()[0].FlushDatabaseAsync(options.DefaultDatabase ?? 0);
        options.AllowAdmin = false;
        return new RedisStore(options.ToString(includePassword: true), redis);
    }

    public IEnumerable<KeyValuePair<string, string>> SettingsThrough(int port)
    {
        var options = ConfigurationOptions.Parse(_address);
        options.EndPoints.Clear();
        options.EndPoints.Add("127.0.0.1", port);
        (options.ConnectTimeout, options.AsyncTimeout, options.SyncTimeout) = (3000, 3000, 3000);
        return [new("Probe__Store", "redis"), new("ConnectionStrings__ledger", options.ToString(includePassword: true))];
    }

    public Task<long> CountSalesAsync() => Database.HashLengthAsync("sales");

    public Task<long> CountEffectsAsync() => Database.ListLengthAsync("effects");

    public async Task<long> CountWaitingAsync()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, Partition.Count).SelectMany(partition => new[]
        {
            Database.StreamLengthAsync(RedisKeys.Outbox((short)partition)),
            Database.SortedSetLengthAsync(RedisKeys.Scheduled((short)partition)),
        }));
        return counts.Sum();
    }

    public async Task<Books> ReadAsync() => new(
        [.. (await Database.HashKeysAsync("sales")).Select(sale => ((string)sale!).Split(':'))
            .Select(sale => new Sale(Number(sale[0]), Number(sale[1])))],
        [.. (await Database.ListRangeAsync("effects")).Select(done => JsonSerializer.Deserialize<Done>((string)done!)!)],
        (await Database.HashGetAllAsync("stock")).ToDictionary(left => (int)left.Name, left => (int)left.Value));

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
