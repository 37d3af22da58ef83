using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

/// <summary>
/// Limits attempts to find an order by number and e-mail address: per client network, per number and per address. So neither one client nor
/// many together can try all numbers for an address, or all addresses for a number. They are counted in the database, so that all replicas
/// count together, and before they are checked, so that those at the same time all count.
/// </summary>
internal sealed class OrderGuesses(OrderingContext db, TimeProvider clock)
{
    private const int AtOnce = 20;
    private const int ForgetAtOnce = 100;

    private static readonly TimeSpan NetworkPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OrderPause = TimeSpan.FromMinutes(5);

    /// <param name="network">The client's.</param>
    /// <param name="number">The number of the order; null if what was typed is not one.</param>
    /// <param name="address">The e-mail address.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    /// <returns>How long to wait, because a limit is reached; null when the attempt is counted and allowed.</returns>
    public Task<TimeSpan?> CountAsync(string network, int? number, string address, CancellationToken cancellationToken)
    {
        // The same order everywhere: each locks a row.
        Guess[] guesses =
        [
            new(KeyOf("network", network), NetworkPause),

            // All texts that are no number would share one limit.
            .. number is null ? (Guess[])[] : [new(KeyOf("number", $"{number}"), OrderPause)],
            new(KeyOf("address", address), OrderPause),
        ];
        return db.Database.CreateExecutionStrategy().ExecuteAsync(() => CountOnceAsync(guesses, cancellationToken));
    }

    /// <summary>Counts all of them, or none when a limit is reached.</summary>
    private async Task<TimeSpan?> CountOnceAsync(Guess[] guesses, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var guess in guesses)
        {
            if (await CountAsync(guess, cancellationToken) is { } wait)
            {
                await transaction.RollbackAsync(cancellationToken);
                return wait;
            }
        }

        await ForgetAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    // The generic cell rate algorithm: one time per key is the whole state, and one statement checks and moves it.
    private async Task<TimeSpan?> CountAsync(Guess guess, CancellationToken cancellationToken)
    {
        var (key, pause) = guess;
        var now = clock.GetUtcNow();
        var latest = now + ((AtOnce - 1) * pause);
        var counted = await db.Database.ExecuteSqlAsync(
            $"""
             insert into order_guesses as guess (key, free_at) values ({key}, {now + pause})
             on conflict (key) do update set free_at = greatest(guess.free_at, {now}) + {pause} where guess.free_at <= {latest}
             """,
            cancellationToken);

        return counted == 1
            ? null
            : await db.OrderGuesses.Where(row => row.Key == key).Select(row => row.FreeAt).SingleAsync(cancellationToken) - latest;
    }

    private Task<int> ForgetAsync(CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
         delete from order_guesses where key in (
             select key from order_guesses where free_at < {clock.GetUtcNow()} limit {ForgetAtOnce} for update skip locked)
         """,
        cancellationToken);

    private static byte[] KeyOf(string limit, string value) => SHA256.HashData(Encoding.UTF8.GetBytes($"{limit}\n{value}"));

    private sealed record Guess(byte[] Key, TimeSpan Pause);
}
