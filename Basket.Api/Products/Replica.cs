using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Basket.Api.Products;

/// <summary>
/// How far the replica has followed Catalog's change feed. It is in Redis beside the products: if they are lost, this is lost too, and the
/// replica is incomplete and fills itself again.
/// </summary>
public sealed class Replica(IConnectionMultiplexer redis, IOptions<ReplicaOptions> options)
{
    private const string Id = "id";
    private const string Position = "position";
    private const string Complete = "complete";

    private static readonly RedisKey StateKey = "products:replica";
    private static readonly RedisKey TurnKey = "products:turn";
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private IDatabase Database => redis.GetDatabase();

    /// <summary>Whether the replica has reached the end of the feed at least once since it was created.</summary>
    public Task<bool> IsCompleteAsync() => Database.HashExistsAsync(StateKey, Complete);

    /// <summary>Whether it is this process' turn to read the feed. Only one process of the service reads it per interval.</summary>
    public async Task<bool> TakeTurnAsync()
    {
        var interval = await IsCompleteAsync() ? options.Value.PollInterval : RetryInterval;
        return await Database.StringSetAsync(TurnKey, true, interval, When.NotExists);
    }

    /// <summary>The state; a new one when there is none.</summary>
    public async Task<ReplicaState> OpenAsync()
    {
        await Database.HashSetAsync(StateKey, Id, $"{Guid.NewGuid()}", When.NotExists);
        var values = await Database.HashGetAsync(StateKey, [Id, Position]);
        return new ReplicaState((string?)values[0] ?? "", (string?)values[1]);
    }

    /// <summary>
    /// Stores that everything up to the position is in the replica. False when the data of Redis was lost since <see cref="OpenAsync"/>.
    /// </summary>
    public async Task<bool> TryMoveAsync(ReplicaState state, string position, bool isComplete)
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.HashEqual(StateKey, Id, state.Id));
        _ = transaction.HashSetAsync(StateKey, Position, position);

        if (isComplete)
        {
            _ = transaction.HashSetAsync(StateKey, Complete, true);
        }

        return await transaction.ExecuteAsync();
    }
}
