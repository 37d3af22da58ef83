using System.Data.Common;
using EventBus;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace BusProbe;

/// <summary>
/// Sells as an HTTP client would order: again and again with the same idempotency key until there is an answer. The steps of an order follow
/// each other, several orders go side by side.
/// </summary>
internal sealed class Selling(IServiceScopeFactory scopes, Halts halts)
{
    private const int SideBySide = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public Task SellAsync(int first, int count, int steps, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(first, count),
        new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
        async (order, token) =>
        {
            for (var version = 1; version <= steps; version++)
            {
                await SellAsync(order, version, token);
            }
        });

    private async Task SellAsync(int order, int version, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<LedgerContext>();
                await db.Database.CreateExecutionStrategy().ExecuteAsync(token => CommitAsync(db, order, version, token), cancellationToken);
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"order {order} step {version}: {fault.GetBaseException().Message}");
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task CommitAsync(LedgerContext db, int order, int version, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Told.FindAsync([order, (long)version], cancellationToken) is not null)
        {
            // The answer to an earlier try was lost, not the sale.
            return;
        }

        db.Add(new Told { OrderId = order, Version = version });
        db.Publish(new OrderChanged(order, version));
        if (version == 1)
        {
            db.Send(new ChargeOrder(order));
        }

        await db.SaveChangesAsync(cancellationToken);
        await halts.PassAsync(Halts.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>The moment after the COMMIT and before the bus hears of it.</summary>
internal sealed class HaltAfterCommit(Halts halts) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => halts.PassAsync(Halts.AfterCommit);
}
