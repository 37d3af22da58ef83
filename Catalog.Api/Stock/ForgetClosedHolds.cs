using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Catalog.Api.Stock;

/// <summary>Deletes closed holds after their retention. Replicas may run it at the same time.</summary>
public sealed partial class ForgetClosedHolds(
    IServiceScopeFactory scopes, IOptions<CatalogOptions> options, TimeProvider clock, ILogger<ForgetClosedHolds> logger)
    : BackgroundService
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes the holds whose retention has ended, and returns their number.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int deleted;
        do
        {
            deleted = await DeleteBatchAsync(cancellationToken);
            total += deleted;
        }
        while (deleted == BatchSize);

        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var deleted = await SweepAsync(stoppingToken);
                if (deleted > 0)
                {
                    LogDeleted(deleted);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogSweepFailed(exception);
            }
        }
    }

    // The lines are deleted by the foreign key.
    private async Task<int> DeleteBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        var before = clock.GetUtcNow() - options.Value.HoldRetention;
        return await db.Database.ExecuteSqlAsync(
            $"""
            delete from holds where order_id in (
                select order_id from holds where status not in ('Held', 'Paid') and expires_at < {before}
                limit {BatchSize} for update skip locked)
            """, cancellationToken);
    }
}
