using StackExchange.Redis;

namespace Basket.Api.Products;

/// <summary>
/// Whether Catalog has told of all its products once. From then on the replica is kept by events alone, whoever is down meanwhile: the queue
/// keeps what Basket missed.
/// </summary>
public sealed class Replica(IConnectionMultiplexer redis, ProductStore products)
{
    /// <summary>The name that Basket asks under; answers to others are theirs.</summary>
    public const string Requester = "basket-api";

    /// <summary>How many products Catalog said it has; absent until it said so.</summary>
    public static readonly RedisKey ExpectedKey = "products:expected";

    private static readonly RedisKey CompleteKey = "products:complete";

    private volatile bool _isComplete;

    public async Task<bool> IsCompleteAsync()
    {
        if (_isComplete)
        {
            return true;
        }

        var database = redis.GetDatabase();
        var states = await database.StringGetAsync([CompleteKey, ExpectedKey]);

        // The message that ends the telling may be handled before the last of those that it counts.
        if (states[0].IsNull && !states[1].IsNull && await products.CountKnownAsync() >= (long)states[1])
        {
            await database.StringSetAsync(CompleteKey, true);
            return _isComplete = true;
        }

        return _isComplete = !states[0].IsNull;
    }
}
