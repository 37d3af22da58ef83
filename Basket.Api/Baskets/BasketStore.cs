using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Basket.Api.Baskets;

/// <summary>
/// Baskets in Redis: the hash <c>basket:{buyer}</c> has one field for each line. A writer reads a snapshot, decides, and writes on
/// condition that the basket still equals the snapshot; otherwise it starts over. Redis' client has time-outs instead of cancellation
/// tokens.
/// </summary>
public sealed class BasketStore(IConnectionMultiplexer redis, GuestBaskets guests, IOptions<BasketOptions> options, TimeProvider clock)
{
    // In each round at least one of the competing writers succeeds.
    private const int MaxAttempts = 30;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    private readonly TimeSpan _guestLifetime = options.Value.GuestLifetime;

    public Task<BasketSnapshot> ReadAsync(Guid buyerId) => ReadAsync(redis.GetDatabase(), buyerId);

    public static async Task<BasketSnapshot> ReadAsync(IDatabase database, Guid buyerId)
    {
        var entries = await database.HashGetAllAsync(KeyOf(buyerId));
        return new BasketSnapshot(
            buyerId,
            [.. entries.Select(entry => BasketLine.FromText((int)entry.Name, entry.Value!)).OrderBy(line => line.ProductId)]);
    }

    /// <summary>Applies the change to the newest state of the basket. Simultaneous changes are applied one after the other.</summary>
    /// <returns>The changed basket, or the refusal of <paramref name="change"/>.</returns>
    public async Task<Outcome<BasketSnapshot>> ChangeAsync(Buyer buyer, Func<BasketSnapshot, Outcome<BasketSnapshot>> change)
    {
        var isCounted = !buyer.IsGuest;

        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var read = await ReadAsync(buyer.Id);
            var outcome = change(read);

            if (!isCounted && read.IsEmpty && outcome.Value is { IsEmpty: false })
            {
                isCounted = true;
                if (await guests.CountOneAsync(buyer) is { } tooMany)
                {
                    return tooMany;
                }
            }

            if (outcome.IsRefused || await TryReplaceAsync(read, outcome.Value, buyer.IsGuest))
            {
                return outcome;
            }

            // A random pause keeps writers of one basket from colliding again and again.
            await Task.Delay(LongestPause * Random.Shared.NextDouble(), clock);
        }

        return Refusal.BasketBusy;
    }

    private Task<bool> TryReplaceAsync(BasketSnapshot read, BasketSnapshot changed, bool isGuest)
    {
        var transaction = redis.GetDatabase().CreateTransaction();
        Replace(transaction, read, changed);

        if (isGuest)
        {
            _ = transaction.KeyExpireAsync(KeyOf(read.BuyerId), _guestLifetime);
        }

        return transaction.ExecuteAsync();
    }

    public Task RemoveAsync(Guid buyerId) => redis.GetDatabase().KeyDeleteAsync(KeyOf(buyerId));

    /// <summary>Adds the removal of a basket to the transaction.</summary>
    public static void Remove(ITransaction transaction, Guid buyerId) => _ = transaction.KeyDeleteAsync(KeyOf(buyerId));

    /// <summary>Adds to the transaction: if the basket is still as it was read, write what differs.</summary>
    public static void Replace(ITransaction transaction, BasketSnapshot read, BasketSnapshot changed)
    {
        var key = KeyOf(read.BuyerId);
        RequireUnchanged(transaction, read);

        foreach (var line in read.Lines.Where(line => changed.Find(line.ProductId) is null))
        {
            _ = transaction.HashDeleteAsync(key, Field(line));
        }

        foreach (var line in changed.Lines.Except(read.Lines))
        {
            _ = transaction.HashSetAsync(key, Field(line), line.ToText());
        }
    }

    private static void RequireUnchanged(ITransaction transaction, BasketSnapshot read)
    {
        var key = KeyOf(read.BuyerId);
        transaction.AddCondition(Condition.HashLengthEqual(key, read.Lines.Count));

        foreach (var line in read.Lines)
        {
            transaction.AddCondition(Condition.HashEqual(key, Field(line), line.ToText()));
        }
    }

    private static RedisKey KeyOf(Guid buyerId) => $"basket:{buyerId:n}";

    private static RedisValue Field(BasketLine line) => line.ProductId.ToString(CultureInfo.InvariantCulture);
}
