using System.Data.Common;
using Catalog.Api.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Catalog.Api.Caching;

/// <summary>Starts a new generation of cached answers when the change of a product is committed.</summary>
internal sealed class GenerationInterceptor(CatalogGeneration generation) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is CatalogContext db
            && db.ChangeTracker.Entries<Product>().Any(entry => entry.State != EntityState.Unchanged))
        {
            db.ChangesProducts = true;
        }

        return ValueTask.FromResult(result);
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // EF commits a single statement without a transaction.
        if (eventData.Context is CatalogContext db && db.Database.CurrentTransaction is null)
        {
            Committed(db);
        }

        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData.Context as CatalogContext);
        return Task.CompletedTask;
    }

    private void Committed(CatalogContext? db)
    {
        if (db is { ChangesProducts: true })
        {
            db.ChangesProducts = false;
            generation.Next();
        }
    }
}
