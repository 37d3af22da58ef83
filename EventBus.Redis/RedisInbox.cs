using EventBus.Failure;
using EventBus.Inbox;
using EventBus.Messages;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>
/// The inbox as keys that expire, set in the same atomic step as the handler's writes, on the condition that they did not change: the
/// newest version for each type and key, or the id of a message without a version.
/// </summary>
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

        var verdicts = await LookUpAsync(step, consumer, items, cancellationToken);
        for (var i = 0; i < items.Count; i++)
        {
            if (verdicts[i] == InboxVerdict.Handled)
            {
                await items[i].Handle(cancellationToken);
            }
        }

        await crashPoints.PassAsync(CrashPoints.Handled);

        // Not executed: a copy of a message, a newer version or a condition of the handler conflicted. The next try finds out which.
        return await ExecuteAsync(step, cancellationToken) ? verdicts : throw new UnitOfWorkConflictException();
    }

    /// <summary>Unknown: counting the keys would scan the whole database.</summary>
    public Task<long?> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <summary>Nothing to do: the keys expire.</summary>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="RedisServerException">Redis takes no writes now, or a command of the handler is wrong.</exception>
    private static async Task<bool> ExecuteAsync(RedisUnitOfWork step, CancellationToken cancellationToken)
    {
        try
        {
            return await step.ExecuteAsync(cancellationToken);
        }
        catch (RedisServerException fault) when (RedisFaults.IsAborted(fault))
        {
            // A Redis that takes no writes refuses this one too, and says why.
            await step.Database.StringSetAsync(RedisKeys.Probe, 1, TimeSpan.FromSeconds(1)).WaitAsync(cancellationToken);
            throw;
        }
    }

    /// <summary>A timeout here is not the handler's fault: Redis does not answer.</summary>
    private async Task<InboxVerdict[]> LookUpAsync(
        RedisUnitOfWork step, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.WhenAll(items.Select(item => LookUpAsync(step, consumer, item.Message))).WaitAsync(cancellationToken);
        }
        catch (RedisTimeoutException fault)
        {
            throw new StoreUnavailableException(fault);
        }
    }

    /// <summary>Reads what is known of the message, and adds the condition that it does not change before the commit.</summary>
    private Task<InboxVerdict> LookUpAsync(RedisUnitOfWork step, string consumer, Envelope message) => message.Version > 0
        ? LookUpVersionAsync(step, RedisKeys.HandledVersion(consumer, message.Type, message.Key), message.Version)
        : LookUpIdAsync(step, RedisKeys.Inbox(consumer, message.MessageId));

    /// <summary>
    /// The newest version also says whether the message was handled, because versions are strictly increasing. A key for each message would
    /// fill the memory with what an aggregate was days ago.
    /// </summary>
    private async Task<InboxVerdict> LookUpVersionAsync(RedisUnitOfWork step, RedisKey newest, long version)
    {
        var handled = await step.Database.StringGetAsync(newest);
        if (handled.HasValue && (long)handled >= version)
        {
            return (long)handled == version ? InboxVerdict.Duplicate : InboxVerdict.Stale;
        }

        Remember(step, handled.HasValue ? Condition.StringEqual(newest, handled) : Condition.KeyNotExists(newest), newest, version);
        return InboxVerdict.Handled;
    }

    private async Task<InboxVerdict> LookUpIdAsync(RedisUnitOfWork step, RedisKey seen)
    {
        if (await step.Database.KeyExistsAsync(seen))
        {
            return InboxVerdict.Duplicate;
        }

        Remember(step, Condition.KeyNotExists(seen), seen, 1);
        return InboxVerdict.Handled;
    }

    private void Remember(RedisUnitOfWork step, Condition unchanged, RedisKey key, long value)
    {
        // Replies may arrive on several threads.
        lock (step)
        {
            step.Transaction.AddCondition(unchanged);
            _ = step.Transaction.StringSetAsync(key, value, options.InboxRetention);
        }
    }
}
