using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventBus.Outbox.Postgres;

/// <summary>Wakes the relay when a save without a transaction of its own is done.</summary>
internal sealed class WakeAfterSave(OutboxWriter writer) : SaveChangesInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Wake(eventData);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Wake(eventData);
        return ValueTask.FromResult(result);
    }

    private void Wake(SaveChangesCompletedEventData eventData)
    {
        // Inside a transaction nothing is visible yet; WakeAfterCommit follows.
        if (eventData.Context is { Database.CurrentTransaction: null } db)
        {
            writer.Wake(db);
        }
    }
}

/// <summary>Wakes the relay when a transaction is committed.</summary>
internal sealed class WakeAfterCommit(OutboxWriter writer) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Wake(eventData);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Wake(eventData);
        return Task.CompletedTask;
    }

    private void Wake(TransactionEndEventData eventData)
    {
        if (eventData.Context is { } db)
        {
            writer.Wake(db);
        }
    }
}
