using EventBus.Inbox;
using EventBus.Outbox;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.Tests.Postgres;

/// <summary>Many rows, old rows and slow statements.</summary>
public sealed class PostgresBacklogTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OldestAge_IsThatOfTheOldestMessage_InWhicheverPartition()
    {
        await using var shop = await servers.StartShopAsync();
        await shop.StopAsync();
        var outbox = shop.Services.GetRequiredService<IOutbox>();
        var (first, second) = (KeyOf(partition: 1), KeyOf(partition: 0));

        await shop.PublishAsync(new ItemSold(first, 1));
        await shop.PublishAsync(new ItemSold(second, 2));

        var oldest = await shop.WithDbAsync(db => db.Database
            .SqlQuery<DateTimeOffset>($"select min(created_at) as \"Value\" from messaging.outbox").SingleAsync(Token));
        Assert.Equal(oldest, (await outbox.MeasureAsync(Token)).OldestCreatedAt);

        static int KeyOf(short partition) => Enumerable.Range(1, 100).First(key => Partition.Of($"{key}") == partition);
    }

    /// <summary>All in one statement, a million due messages took longer than its timeout.</summary>
    [Fact]
    public async Task DueMessages_AreReleasedInPortions_AndAllAreRelayed()
    {
        const int Count = 5000;
        await using var shop = await servers.StartShopAsync();
        await shop.StopAsync();
        await shop.PublishAsync(TimeSpan.FromMilliseconds(1), [.. Enumerable.Range(1, Count).Select(i => new ItemSold(i, 1))]);
        await using var lease = await shop.Services.GetRequiredService<IOutbox>().TryAcquireAsync(0, Token);
        Assert.NotNull(lease);
        var waiting = await ScheduledAsync();

        Assert.True(await lease.ReleaseDueAsync(Token));
        Assert.Equal(waiting - 2000, await ScheduledAsync());
        Assert.False(await lease.ReleaseDueAsync(Token));
        Assert.Equal(0, await ScheduledAsync());

        Task<int> ScheduledAsync() => shop.WithDbAsync(db => db.Database
            .SqlQuery<int>($"select count(*)::int as \"Value\" from messaging.scheduled where partition = 0").SingleAsync(Token));
    }

    /// <summary>An index on the time would cost every message a second insertion; BRIN finds nothing after space was reused.</summary>
    [Fact]
    public async Task Forgetting_NeedsNoIndex_AndFindsOldRowsAllOverTheTable()
    {
        await using var shop = await servers.StartShopAsync();
        await shop.StopAsync();
        var now = TimeProvider.System.GetUtcNow();
        await shop.WithDbAsync(db => db.Database.ExecuteSqlAsync(
            $"""
            insert into messaging.inbox (consumer, message_id, handled_at)
            select 'shop-api', gen_random_uuid(), {now} - (number % 2) * interval '20 days' from generate_series(1, 40000) number;
            insert into messaging.handled_versions (consumer, type, key, version, handled_at)
            select 'shop-api', 'shop.price-changed', number::text, 1, {now} - (number % 2) * interval '20 days'
            from generate_series(1, 40000) number
            """,
            Token));

        await shop.Services.GetRequiredService<IInbox>().ForgetAsync(now.AddDays(-14), Token);

        var left = await shop.WithDbAsync(db => db.Database
            .SqlQuery<string>(
                $"""
                select (select count(*) from messaging.inbox) || ' '
                    || (select count(*) from messaging.inbox where handled_at < {now}) || ' '
                    || (select count(*) from messaging.handled_versions) || ' '
                    || (select count(*) from messaging.handled_versions where handled_at < {now}) || ' '
                    || (select count(*) from pg_indexes where schemaname = 'messaging' and tablename in ('inbox', 'handled_versions'))
                    as "Value"
                """)
            .SingleAsync(Token));
        Assert.Equal("20000 0 20000 0 2", left);
    }

    /// <summary>Retried in place, a message whose statement is too slow every time blocked its key endlessly.</summary>
    [Fact]
    public async Task SlowStatementOfAHandler_EndsAsADeadLetter()
    {
        await using var shop = await servers.StartShopAsync(
            options => options.RetryDelays = [],
            new NpgsqlConnectionStringBuilder(await servers.Servers.CreateDatabaseAsync(Token)) { CommandTimeout = 1 }.ConnectionString);
        shop.Ledger.OnHandling = async (seen, token) =>
        {
            if (seen.Message is ItemSold { Sequence: 1 })
            {
                await shop.WithDbAsync(db => db.Database.ExecuteSqlAsync($"select pg_sleep(60)", token));
            }
        };

        await shop.PublishAsync(new ItemSold(1, 1), new ItemSold(1, 2));

        await shop.HasEffectsAsync(1);
        Assert.Equal("handler-failed", Assert.Single(await shop.HasDeadLettersAsync(1)).Reason);
    }
}
