using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Npgsql;
using StackExchange.Redis;

namespace Benchmarks.Soak;

/// <summary>What grows on disk with each message and order, read again and again.</summary>
internal sealed class DiskSamples(DistributedApplication app)
{
    private static readonly (string Name, string Database, string Sql)[] Queries =
    [
        .. from database in (string[])["catalogdb", "orderingdb", "identitydb"]
            from table in (string[])["outbox", "inbox"]
            select ($"{database}: rows in the {table}", database, $"select count(*) from messaging.{table}"),
        ("orderingdb: webhook deliveries", "orderingdb", "select count(*) from webhook_deliveries"),
        ("PostgreSQL: write-ahead log, MB", "postgres", "select (sum(size) / 1000000)::bigint from pg_ls_waldir()"),
    ];

    private readonly Dictionary<string, List<(TimeSpan Elapsed, double Value)>> _samples = [];

    /// <summary>By measurement: its samples in order.</summary>
    public IReadOnlyDictionary<string, List<(TimeSpan Elapsed, double Value)>> Samples => _samples;

    /// <summary>Reads all; a store that does not answer now has no sample.</summary>
    public async Task AddAsync(TimeSpan elapsed, CancellationToken cancellationToken)
    {
        foreach (var (name, database, sql) in Queries)
        {
            await AddAsync(name, elapsed, () => CountAsync(database, sql, cancellationToken));
        }

        await AddAsync("basketstore: append-only file, MB", elapsed, () => AppendOnlyFileAsync(cancellationToken));
    }

    private async Task AddAsync(string name, TimeSpan elapsed, Func<Task<double>> readAsync)
    {
        try
        {
            var value = await readAsync();
            if (!_samples.TryGetValue(name, out var samples))
            {
                _samples.Add(name, samples = []);
            }

            samples.Add((elapsed, value));
        }
        catch (Exception fault) when (fault is NpgsqlException or RedisException or TimeoutException)
        {
            // The store is the part that fails now.
        }
    }

    private async Task<double> CountAsync(string database, string sql, CancellationToken cancellationToken)
    {
        var server = await app.GetConnectionStringAsync("postgres", cancellationToken);
        await using var source = NpgsqlDataSource.Create($"{server};Database={database};Pooling=false;Timeout=2;Command Timeout=2");
        await using var command = source.CreateCommand(sql);
        return Convert.ToDouble(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private async Task<double> AppendOnlyFileAsync(CancellationToken cancellationToken)
    {
        var options = ConfigurationOptions.Parse((await app.GetConnectionStringAsync("basketstore", cancellationToken))!);
        (options.AllowAdmin, options.ConnectTimeout, options.AsyncTimeout) = (true, 2000, 2000);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        var size = (await redis.GetServers()[0].InfoAsync("persistence"))
            .SelectMany(section => section).Single(line => line.Key == "aof_current_size").Value;
        return double.Parse(size, CultureInfo.InvariantCulture) / 1e6;
    }
}
