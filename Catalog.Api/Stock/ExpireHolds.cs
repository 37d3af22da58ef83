using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Catalog.Api.Stock;

/// <summary>
/// Releases stock that was held for orders that were not paid in time. Replicas may run it at the same time: each takes other holds.
/// </summary>
public sealed partial class ExpireHolds(
    IServiceScopeFactory scopes, IOptions<CatalogOptions> options, TimeProvider clock, ILogger<ExpireHolds> logger) : BackgroundService
{
    private const int BatchSize = 50;

    /// <summary>Releases the expired holds, and returns their number.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int released;
        do
        {
            released = await SweepBatchAsync(cancellationToken);
            total += released;
        }
        while (released == BatchSize);

        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.HoldSweepInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var released = await SweepAsync(stoppingToken);
                if (released > 0)
                {
                    LogReleased(released);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogSweepFailed(exception);
            }
        }
    }

    private async Task<int> SweepBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CatalogContext>();

        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async cancellation =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var expired = await db.LockExpiredHoldsAsync(clock.GetUtcNow(), BatchSize, cancellation);
            if (expired.Count > 0)
            {
                await db.ReleaseAsync(expired, HoldStatus.Expired, cancellation);
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
            }

            return expired.Count;
        }, cancellationToken);
    }
}
