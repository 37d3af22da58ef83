using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventBus.Postgres;

/// <summary>Reports to the outbox writer what a context has saved.</summary>
internal sealed class SaveObserver(OutboxWriter writer) : SaveChangesInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData);
        return ValueTask.FromResult(result);
    }

    private void Saved(SaveChangesCompletedEventData eventData)
    {
        if (eventData.Context is { } db)
        {
            writer.Saved(db);
        }
    }
}
