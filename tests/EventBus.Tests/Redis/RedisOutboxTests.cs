using EventBus.Outbox;
using EventBus.Tests.Setup;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace EventBus.Tests.Redis;

public sealed class RedisOutboxTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A relay that waits for its broker does not use its lease.</summary>
    [Fact]
    public async Task LeaseThatIsNotUsed_Expires_AndOneThatIsUsedDoesNot()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await servers.CreateEmptyRedisAsync());
        var clock = new FakeTimeProvider();
        var startedAt = clock.GetTimestamp();
        var options = new EventBusOptions();
        var one = new RedisOutbox(redis, options, clock);
        var other = new RedisOutbox(redis, options, TimeProvider.System);
        await using var used = (await one.TryAcquireAsync(1, Token))!;
        await using var unused = (await one.TryAcquireAsync(2, Token))!;

        // Time flies, so that the leases are renewed often before they expire in Redis.
        IOutboxLease? taken = null;
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await used.PeekAsync(after: null, limit: 1, Token);
                return (taken = await other.TryAcquireAsync(2, Token)) is not null;
            },
            "the other takes the partition over");

        await using var next = taken!;
        Assert.True(clock.GetElapsedTime(startedAt) > options.LeaseIdleLimit);
        Assert.Null(await other.TryAcquireAsync(1, Token));
    }
}
