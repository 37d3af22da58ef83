using Npgsql;
using ShopServers = Servers.ShopServers;

namespace EventBus.Tests.Faults.Rig;

internal sealed class PostgresStore(string database) : ILedgerStore
{
    public string Server => "postgres";

    public (string Host, int Port) Address =>
        new NpgsqlConnectionStringBuilder(database) is var address ? (address.Host!, address.Port) : default;

    // The setting must be restored, because each transaction starts with READ COMMITTED.
    public string CommitCommand => "COMMIT\0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ILedgerStore> CreateAsync(ShopServers servers) => new PostgresStore(await servers.CreateDatabaseAsync(Token));

    public IEnumerable<KeyValuePair<string, string>> SettingsThrough(int port) =>
    [
        new("Probe__Store", "postgres"),
        new("ConnectionStrings__ledger", new NpgsqlConnectionStringBuilder(database)
        {
            Host = "127.0.0.1",
            Port = port,
            Timeout = 3,
            CommandTimeout = 3,
            CancellationTimeout = 500,
        }.ConnectionString),
    ];

    public Task<long> CountSalesAsync() => CountAsync("select count(*) from sales");

    public Task<long> CountEffectsAsync() => CountAsync("select count(*) from effects");

    public Task<long> CountWaitingAsync() =>
        CountAsync("select (select count(*) from messaging.outbox) + (select count(*) from messaging.scheduled)");

    public async Task<Books> ReadAsync() => new(
        await ReadAsync("""select "OrderId", "Version" from sales""", row => new Sale(row.GetInt32(0), row.GetInt64(1))),
        await ReadAsync(
            """select "MessageId", "What", "OrderId", "Version" from effects order by "Id" """,
            row => new Done(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3))),
        (await ReadAsync("""select "OrderId", "Left" from stock""", row => (Order: row.GetInt32(0), Left: row.GetInt32(1))))
            .ToDictionary(row => row.Order, row => row.Left));

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Token);
        return connection;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<T>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
