using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Basket.Api.Baskets;

/// <summary>
/// Baskets in Redis: the hash <c>basket:{buyer}</c> has one field for each line. Writers read a snapshot, decide, and write on condition
/// that the snapshot still holds; when it does not they start over. Redis' client has time-outs in place of cancellation tokens.
/// </summary>
public sealed class BasketStore(IConnectionMultiplexer redis, IOptions<BasketOptions> options)
{
    private readonly TimeSpan _guestLifetime = options.Value.GuestLifetime;

    public Task<BasketSnapshot> ReadAsync(Guid buyerId) => ReadAsync(redis.GetDatabase(), buyerId);

    public static async Task<BasketSnapshot> ReadAsync(IDatabase database, Guid buyerId)
    {
        var entries = await database.HashGetAllAsync(KeyOf(buyerId));
        return new BasketSnapshot(
            buyerId,
            [.. entries.Select(entry => BasketLine.FromText((int)entry.Name, entry.Value!)).OrderBy(line => line.ProductId)]);
    }

    /// <summary>Writes the basket after a change. False when it was changed by somebody else since <paramref name="read"/>.</summary>
    public Task<bool> TryReplaceAsync(BasketSnapshot read, BasketSnapshot changed, bool isGuest)
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

    /// <summary>Adds to the transaction: on condition that the basket is still as it was read, write what differs.</summary>
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
