using Microsoft.EntityFrameworkCore;

namespace WebApp.Identity.Attempts;

/// <summary>
/// Counts attempts in the database, so that all replicas count together. An attempt is counted before it is made: requests that run at the
/// same time cannot all see the count of before.
/// </summary>
public sealed class AttemptCounters(IdentityContext db, TimeProvider clock)
{
    /// <summary>Counts all of the attempts, or none of them when one of the limits is reached.</summary>
    /// <param name="attempts">In the order of their limits, the same order everywhere: each locks a row.</param>
    /// <returns>How long to wait; null when the attempts are counted.</returns>
    public Task<TimeSpan?> ReserveAsync(IReadOnlyList<CountedAttempt> attempts, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(() => ReserveOnceAsync(attempts, cancellationToken));

    /// <summary>Takes attempts back, because they were no guesses.</summary>
    public async Task GiveBackAsync(IReadOnlyList<CountedAttempt> attempts, CancellationToken cancellationToken)
    {
        foreach (var (limit, key) in attempts)
        {
            await db.Set<AttemptCounter>().Where(counter => counter.Key == key).ExecuteUpdateAsync(
                set => set.SetProperty(counter => counter.FreeAt, counter => counter.FreeAt - limit.Pause), cancellationToken);
        }
    }

    /// <summary>Deletes the counters that have become zero.</summary>
    public Task<int> DeleteFreeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Set<AttemptCounter>().Where(counter => counter.FreeAt < now).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<TimeSpan?> ReserveOnceAsync(IReadOnlyList<CountedAttempt> attempts, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var attempt in attempts)
        {
            if (await CountAsync(attempt, cancellationToken) is { } wait)
            {
                await transaction.RollbackAsync(cancellationToken);
                return wait;
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    // The generic cell rate algorithm: one time per key is the whole state, and one statement checks and moves it.
    private async Task<TimeSpan?> CountAsync(CountedAttempt attempt, CancellationToken cancellationToken)
    {
        var ((_, atOnce, pause), key) = attempt;
        var now = clock.GetUtcNow();
        var latest = now + ((atOnce - 1) * pause);
        var counted = await db.Database.ExecuteSqlAsync(
            $"""
            insert into attempt_counters as counter (key, free_at) values ({key}, {now + pause})
            on conflict (key) do update set free_at = greatest(counter.free_at, {now}) + {pause} where counter.free_at <= {latest}
            """,
            cancellationToken);

        return counted == 1
            ? null
            : await db.Set<AttemptCounter>().Where(counter => counter.Key == key)
                .Select(counter => counter.FreeAt).SingleAsync(cancellationToken) - latest;
    }
}
