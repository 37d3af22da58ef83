using System.Globalization;
using System.Threading.RateLimiting;

namespace Ordering.Api.Orders;

/// <summary>
/// Limits attempts to find an order by number and e-mail address: per client network, per number and per address. So neither one client nor
/// many together can try all numbers for an address, or all addresses for a number. The limits are those of one replica.
/// </summary>
internal sealed class OrderGuesses : IDisposable
{
    private const int AtOnce = 20;

    private readonly PartitionedRateLimiter<string> _networks = Allow(oneMoreAfter: TimeSpan.FromSeconds(30));
    private readonly PartitionedRateLimiter<string> _numbers = Allow(oneMoreAfter: TimeSpan.FromMinutes(5));
    private readonly PartitionedRateLimiter<string> _addresses = Allow(oneMoreAfter: TimeSpan.FromMinutes(5));

    /// <summary>Counts an attempt before it is made.</summary>
    /// <returns>How long to wait, because a limit is reached; null when the attempt is allowed.</returns>
    public TimeSpan? Count(string network, int? number, string address) =>
        Take(_networks, network)
        ?? Take(_numbers, number?.ToString(CultureInfo.InvariantCulture) ?? "")
        ?? Take(_addresses, address);

    public void Dispose()
    {
        _networks.Dispose();
        _numbers.Dispose();
        _addresses.Dispose();
    }

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    private static PartitionedRateLimiter<string> Allow(TimeSpan oneMoreAfter) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = AtOnce,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = oneMoreAfter,
            QueueLimit = 0,
        }));
}
