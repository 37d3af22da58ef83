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
        await using var shop = await StartAsync();
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
        await using var shop = await StartAsync();
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

    /// <summary>
    /// BRIN finds nothing once new rows have filled the space of removed ones, and a table without an index is read whole.
    /// </summary>
    [Theory]
    [InlineData("inbox", "ix_inbox_handled_at")]
    [InlineData("handled_versions", "ix_handled_versions_handled_at")]
    public async Task Forgetting_UsesAnIndex_AlsoAfterTheSpaceOfOldRowsWasReused(string table, string index)
    {
        await using var shop = await StartAsync();
        await shop.StopAsync();

        var plan = await shop.WithDbAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into messaging.inbox (consumer, message_id, handled_at)
                select 'shop-api', gen_random_uuid(), now() - (random() * 20000) * interval '1 minute' from generate_series(1, 20000);
                insert into messaging.handled_versions (consumer, type, key, version, handled_at)
                select 'shop-api', 'shop.price-changed', number::text, 1, now() - (random() * 20000) * interval '1 minute'
                from generate_series(1, 20000) number;
                analyze messaging.inbox; analyze messaging.handled_versions;
                """, Token);
            var old = table == "inbox"
                ? db.Database.SqlQuery<string>(
                    $"explain select ctid from messaging.inbox where handled_at < now() - interval '13 days 20 hours' limit 10000")
                : db.Database.SqlQuery<string>(
                    $"""
                    explain select ctid from messaging.handled_versions
                    where handled_at < now() - interval '13 days 20 hours' limit 10000
                    """);
            return await old.ToListAsync(Token);
        });

        Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
    }

    /// <summary>Retried in place, a message whose statement is too slow every time blocked its key for ever.</summary>
    [Fact]
    public async Task SlowStatementOfAHandler_EndsAsADeadLetter()
    {
        await using var shop = await StartAsync(
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

    private async Task<Service> StartAsync(Action<EventBusOptions>? configure = null, string? database = null) =>
        await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus => bus
            .Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>()
            .Publishes<PriceChanged>(e => $"{e.ProductId}", e => e.Version).Subscribe<PriceChanged, NoteEffect>(),
        Configure = configure ?? (_ => { }),
        Broker = new InMemoryBroker(),
        Postgres = database ?? await servers.Servers.CreateDatabaseAsync(Token),
    });
}
