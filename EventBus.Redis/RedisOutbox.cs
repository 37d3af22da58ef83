using EventBus.Outbox;
using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>The outbox in streams of the service's Redis, which must run with its append-only file enabled.</summary>
internal sealed class RedisOutbox(IConnectionMultiplexer redis, EventBusOptions options, TimeProvider clock) : IOutbox
{
    public async Task<IOutboxLease?> TryAcquireAsync(short partition, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var token = Guid.NewGuid().ToString("n");
        return await database.StringSetAsync(RedisKeys.Owner(partition), token, RedisOutboxLease.Validity, When.NotExists)
                .WaitAsync(cancellationToken)
            ? new RedisOutboxLease(database, partition, token, options.LeaseIdleLimit, clock)
            : null;
    }

    public async Task NotifyAsync(IReadOnlyCollection<short> partitions, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        foreach (var partition in partitions)
        {
            await database.PublishAsync(RedisKeys.Wake(database.Database), partition).WaitAsync(cancellationToken);
        }
    }

    public async Task ListenAsync(Action<short> onNotified, CancellationToken cancellationToken)
    {
        // The client resubscribes after it lost its connection.
        var channel = RedisKeys.Wake(redis.GetDatabase().Database);
        var notifications = await redis.GetSubscriber().SubscribeAsync(channel).WaitAsync(cancellationToken);
        try
        {
            notifications.OnMessage(message =>
            {
                if (message.Message.TryParse(out long partition) && partition is >= 0 and < Partition.Count)
                {
                    onNotified((short)partition);
                }
            });
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }
        finally
        {
            notifications.Unsubscribe(CommandFlags.FireAndForget);
        }
    }

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var count = 0L;
        DateTimeOffset? oldest = null;
        for (short partition = 0; partition < Partition.Count; partition++)
        {
            count += await database.StreamLengthAsync(RedisKeys.Outbox(partition)).WaitAsync(cancellationToken);
            if (await database.StreamRangeAsync(RedisKeys.Outbox(partition), count: 1).WaitAsync(cancellationToken) is [var entry])
            {
                var createdAt = RedisMessage.Read(entry.Values[0].Value).CreatedAt;
                oldest = oldest < createdAt ? oldest : createdAt;
            }
        }

        return new OutboxBacklog(count, oldest);
    }
}
