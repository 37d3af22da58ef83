using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Outbox.Redis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EventBus.Inbox.Redis;

/// <summary>The inbox as keys that expire, set in the same atomic step as the handler's writes and only if they are not there yet.</summary>
internal sealed class RedisInbox(IConnectionMultiplexer redis, CrashPoints crashPoints, EventBusOptions options) : IInbox
{
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
        return true;
    }

    public async Task<IReadOnlyList<InboxVerdict>> HandleAsync(
        IServiceProvider services, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken)
    {
        var step = services.GetRequiredService<RedisUnitOfWork>();
        step.BelongsToHandler = true;

        var verdicts = await Task.WhenAll(items.Select(item => RememberAsync(step, consumer, item.Message))).WaitAsync(cancellationToken);
        for (var i = 0; i < items.Count; i++)
        {
            if (verdicts[i] == InboxVerdict.Handled)
            {
                await items[i].Handle(cancellationToken);
            }
        }

        await crashPoints.PassAsync(CrashPoints.Handled);

        // Not executed: a copy of a message, a newer version or a handler's own condition was in the way. The next try finds out which.
        return await step.ExecuteAsync(cancellationToken) ? verdicts : throw new UnitOfWorkConflictException();
    }

    /// <summary>Not known: the keys expire by themselves, and to count them is to walk over all of the database.</summary>
    public Task<long?> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <summary>Redis forgets by itself.</summary>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Looks what is known of the message, and makes the step depend on that it stays so.</summary>
    private async Task<InboxVerdict> RememberAsync(RedisUnitOfWork step, string consumer, Envelope message)
    {
        var seen = RedisKeys.Inbox(consumer, message.MessageId);
        var newest = RedisKeys.HandledVersion(consumer, message.Type, message.Key);

        var wasSeen = step.Database.KeyExistsAsync(seen);
        var handled = message.Version > 0 ? await step.Database.StringGetAsync(newest) : RedisValue.Null;
        if (await wasSeen)
        {
            return InboxVerdict.Duplicate;
        }

        // Replies may arrive on several threads; the step is one.
        lock (step)
        {
            step.Transaction.AddCondition(Condition.KeyNotExists(seen));
            _ = step.Transaction.StringSetAsync(seen, 1, options.InboxRetention);
            if (handled.HasValue && (long)handled > message.Version)
            {
                return InboxVerdict.Stale;
            }

            if (message.Version > 0)
            {
                step.Transaction.AddCondition(handled.HasValue ? Condition.StringEqual(newest, handled) : Condition.KeyNotExists(newest));
                _ = step.Transaction.StringSetAsync(newest, message.Version, options.InboxRetention);
            }
        }

        return InboxVerdict.Handled;
    }
}
