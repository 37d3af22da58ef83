using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Basket.Api.Baskets;

/// <summary>
/// Counts the baskets that the guests of each network begin, in <c>guest-baskets:{network}</c> of Redis. A guest costs nothing, but each
/// basket is stored for weeks: without a limit, one client could fill the store.
/// </summary>
public sealed class GuestBaskets(IConnectionMultiplexer redis, IOptions<BasketOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly int _limit = options.Value.NewGuestBasketsPerHour;

    /// <summary>Counts a basket that this guest begins.</summary>
    /// <returns>The refusal when the guest's network has begun too many within an hour; otherwise null.</returns>
    public async Task<Refusal?> CountOneAsync(Buyer guest)
    {
        if (_limit == 0)
        {
            return null;
        }

        // In one transaction: a crash in between would leave a counter that never expires.
        var transaction = redis.GetDatabase().CreateTransaction();
        var count = transaction.StringIncrementAsync(KeyOf(guest));
        _ = transaction.KeyExpireAsync(KeyOf(guest), Window, ExpireWhen.HasNoExpiry);
        var rest = transaction.KeyTimeToLiveAsync(KeyOf(guest));
        await transaction.ExecuteAsync();

        return await count <= _limit
            ? null
            : new Refusal(
                RefusalReason.TooMany, "Too many new baskets were begun from your network. Sign in, or try again later.")
            {
                RetryAfter = await rest ?? Window,
            };
    }

    /// <summary>Adds to the transaction of a checkout: a basket that became an order is no longer stored, so it does not count.</summary>
    public void ForgetOne(ITransaction transaction, Buyer buyer)
    {
        if (_limit > 0 && buyer.IsGuest)
        {
            _ = transaction.StringDecrementAsync(KeyOf(buyer));
            _ = transaction.KeyExpireAsync(KeyOf(buyer), Window, ExpireWhen.HasNoExpiry);
        }
    }

    private static RedisKey KeyOf(Buyer buyer) => $"guest-baskets:{buyer.Network}";
}
