using Microsoft.Extensions.Options;
using Npgsql;

namespace Catalog.Api.Caching;

/// <summary>
/// Looks for products that another replica, or a person in the database, changed. A transaction that commits late is not missed: each one
/// that was not visible at the last look has a number of at least the oldest transaction that was running then.
/// </summary>
public sealed partial class WatchOtherReplicas(
    CatalogReads reads, CatalogGeneration generation, IOptions<CatalogOptions> options, TimeProvider clock,
    ILogger<WatchOtherReplicas> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first look finds every product changed: an answer that was cached before it may be older than what it can see.
        var seen = ulong.MinValue;
        using var timer = new PeriodicTimer(options.Value.CacheCheckInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var (oldestRunning, changed) = await reads.RunAsync(
                    (connection, cancellation) => LookAsync(connection, seen, cancellation), stoppingToken);
                if (changed)
                {
                    generation.Next();
                }

                seen = oldestRunning;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogLookFailed(exception.Message);
            }
        }
    }

    private static async Task<(ulong OldestRunning, bool Changed)> LookAsync(
        NpgsqlConnection connection, ulong seen, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select pg_snapshot_xmin(pg_current_snapshot()), exists (select from products where changed_in >= $1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = seen, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetFieldValue<ulong>(0), reader.GetBoolean(1));
    }
}
