using System.Globalization;
using EventBus.Outbox;
using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>
/// Ownership by a key that expires, and is renewed while the owner uses its lease. Every read and removal requires that the key still holds
/// the owner's token: an owner that hung too long removes nothing.
/// </summary>
internal sealed class RedisOutboxLease : IOutboxLease
{
    private const int DueAtOnce = 500;

    // Without it, or while Redis cannot be reached, the key expires.
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How long the next owner waits after this process crashed.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    private readonly IDatabase _database;
    private readonly short _partition;
    private readonly string _token;
    private readonly TimeSpan _idleLimit;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _disposing = new();
    private readonly Task _renewing;
    private long _usedAt;

    public RedisOutboxLease(IDatabase database, short partition, string token, TimeSpan idleLimit, TimeProvider clock)
    {
        (_database, _partition, _token, _idleLimit, _clock) = (database, partition, token, idleLimit, clock);
        _usedAt = clock.GetTimestamp();
        _renewing = RenewAsync();
    }

    private Condition IsMine => Condition.StringEqual(RedisKeys.Owner(_partition), _token);

    public async Task<bool> ReleaseDueAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var due = await _database.SortedSetRangeByScoreAsync(RedisKeys.Scheduled(_partition), stop: now, take: DueAtOnce)
            .WaitAsync(cancellationToken);
        if (due.Length == 0)
        {
            return false;
        }

        var step = _database.CreateTransaction();
        step.AddCondition(IsMine);
        _ = step.SortedSetRemoveAsync(RedisKeys.Scheduled(_partition), due);
        foreach (var message in due)
        {
            _ = step.StreamAddAsync(RedisKeys.Outbox(_partition), "m", message);
        }

        await ExecuteAsync(step, cancellationToken);
        return due.Length == DueAtOnce;
    }

    public async Task<IReadOnlyList<OutboxEntry>> PeekAsync(OutboxPosition? after, int limit, CancellationToken cancellationToken)
    {
        var step = _database.CreateTransaction();
        step.AddCondition(IsMine);
        var entries = step.StreamRangeAsync(RedisKeys.Outbox(_partition), after is { } passed ? $"({IdOf(passed)}" : "-", count: limit);
        await ExecuteAsync(step, cancellationToken);
        return [.. (await entries).Select(entry => new OutboxEntry(PositionOf(entry.Id!), RedisMessage.Read(entry.Values[0].Value)))];
    }

    /// <summary>None: an entry gets its id at the commit.</summary>
    public Task<HashSet<string>> WritersAsync(CancellationToken cancellationToken) => Task.FromResult<HashSet<string>>([]);

    public async Task RemoveAsync(IReadOnlyCollection<OutboxEntry> relayed, CancellationToken cancellationToken)
    {
        var step = _database.CreateTransaction();
        step.AddCondition(IsMine);
        _ = step.StreamDeleteAsync(RedisKeys.Outbox(_partition), [.. relayed.Select(entry => (RedisValue)IdOf(entry.Position))]);
        await ExecuteAsync(step, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        await _renewing;
        _disposing.Dispose();
        try
        {
            var step = _database.CreateTransaction();
            step.AddCondition(IsMine);
            _ = step.KeyDeleteAsync(RedisKeys.Owner(_partition));
            await step.ExecuteAsync().WaitAsync(ReleaseTimeout);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
        }
    }

    private static string IdOf(OutboxPosition position) => string.Create(CultureInfo.InvariantCulture, $"{position.High}-{position.Low}");

    private static OutboxPosition PositionOf(string id) =>
        id.Split('-') is [var high, var low]
            ? new OutboxPosition(ulong.Parse(high, CultureInfo.InvariantCulture), ulong.Parse(low, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{id}' is not the id of a stream entry.");

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Validity / 4, _clock);
        while (!_disposing.IsCancellationRequested && _clock.GetElapsedTime(Volatile.Read(ref _usedAt)) < _idleLimit)
        {
            try
            {
                await timer.WaitForNextTickAsync(_disposing.Token);
                var step = _database.CreateTransaction();
                step.AddCondition(IsMine);
                _ = step.KeyExpireAsync(RedisKeys.Owner(_partition), Validity);
                await step.ExecuteAsync().WaitAsync(_disposing.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is RedisException or TimeoutException)
            {
                // Redis cannot be reached. The next tick, or the next removal, finds out whether the partition is still ours.
            }
        }
    }

    private async Task ExecuteAsync(ITransaction step, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _usedAt, _clock.GetTimestamp());
        if (!await step.ExecuteAsync().WaitAsync(cancellationToken))
        {
            throw new InvalidOperationException($"Outbox partition {_partition} has another owner now.");
        }
    }
}
