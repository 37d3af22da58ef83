using Npgsql;
using Servers;

namespace Benchmarks.Messaging;

/// <summary>AppHost's PostgreSQL and RabbitMQ, the same for all measurements of a run.</summary>
internal sealed class BenchmarkServers : IAsyncDisposable
{
    private readonly ShopServers _servers;

    private BenchmarkServers(ShopServers servers, string seller, string consumer, string broker) =>
        (_servers, Seller, Consumer, Broker) = (servers, seller, consumer, broker);

    /// <summary>The connection string of the service that publishes.</summary>
    public string Seller { get; }

    /// <summary>The connection string of the handling service. Each service has its own database, as in the shop.</summary>
    public string Consumer { get; }

    /// <summary>The connection string of the broker.</summary>
    public string Broker { get; }

    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="broker">The address of another broker; null for RabbitMQ.</param>
    public static async Task<BenchmarkServers> StartAsync(CancellationToken cancellationToken, string? broker = null)
    {
        var servers = await ShopServers.StartAsync(cancellationToken);
        return new BenchmarkServers(
            servers, await DatabaseAsync(), await DatabaseAsync(), broker ?? await servers.CreateVirtualHostAsync(cancellationToken));

        // The same pool settings as in the shop's services; the pool of tests closes idle connections at once.
        async Task<string> DatabaseAsync() => new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync(cancellationToken))
        {
            MaxPoolSize = 40,
            ConnectionIdleLifetime = 300,
            ConnectionPruningInterval = 10,
            MaxAutoPrepare = 64,
            NoResetOnClose = true,
        }.ConnectionString;
    }

    /// <summary>Empties the tables, so that every round meets the same.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var database in new[] { Seller, Consumer })
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                "truncate sales, messaging.outbox, messaging.inbox, messaging.handled_versions; checkpoint", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _servers.DisposeAsync();
}
