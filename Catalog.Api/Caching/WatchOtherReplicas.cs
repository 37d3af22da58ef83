using Microsoft.Extensions.Options;
using Npgsql;

namespace Catalog.Api.Caching;

/// <summary>
/// Looks for products that another replica, or a hand in the database, changed. The condition is safe against late commits: every
/// transaction that was not visible at the last look has a number at or above that look's oldest running one.
/// </summary>
public sealed partial class WatchOtherReplicas(
    [FromKeyedServices(CatalogData.Reads)] NpgsqlDataSource database, CatalogGeneration generation, IOptions<CatalogOptions> options,
    TimeProvider clock, ILogger<WatchOtherReplicas> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first look finds every product changed: what was stored before it may be older than anything it can see.
        var seen = ulong.MinValue;
        using var timer = new PeriodicTimer(options.Value.CacheCheckInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var (oldestRunning, changed) = await LookAsync(seen, stoppingToken);
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

    private async Task<(ulong OldestRunning, bool Changed)> LookAsync(ulong seen, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select pg_snapshot_xmin(pg_current_snapshot()), exists (select from products where changed_in >= $1)");
        command.Parameters.Add(new NpgsqlParameter { Value = seen, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetFieldValue<ulong>(0), reader.GetBoolean(1));
    }
}
