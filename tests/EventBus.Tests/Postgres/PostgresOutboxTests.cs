using EventBus.Inbox;
using EventBus.Outbox;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.Tests.Postgres;

public sealed class PostgresOutboxTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_WakesTheRelay_WithoutWaitingForTheSweep()
    {
        await using var shop = await servers.StartShopAsync(options => options.SweepInterval = TimeSpan.FromHours(1));
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);

        await shop.WithDbAsync(async db =>
        {
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(Token);
                db.Publish(new ItemSold(1, 2));
                await db.SaveChangesAsync(Token);
                db.Publish(new ItemSold(2, 3));
                await db.SaveChangesAsync(Token);
                await transaction.CommitAsync(Token);
            });
            return true;
        });

        await shop.HasEffectsAsync(3);
    }

    /// <summary>Its row has the smaller id, so a relay that only continues after the last id would miss it.</summary>
    [Fact]
    public async Task TransactionThatCommitsLate_IsRelayed_WithoutWaitingForTheSweep()
    {
        await using var shop = await servers.StartShopAsync(options => options.SweepInterval = TimeSpan.FromHours(1));
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);

        for (var i = 1; i <= 20; i++)
        {
            await shop.WithDbAsync(async db =>
            {
                await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
                {
                    await using var late = await db.Database.BeginTransactionAsync(Token);
                    db.Publish(new ItemSold(1, 100 + i));
                    await db.SaveChangesAsync(Token);
                    await shop.PublishAsync(new ItemSold(1, i));
                    await shop.HasEffectsAsync(2 * i);
                    await late.CommitAsync(Token);
                });
                return true;
            });
            await shop.HasEffectsAsync((2 * i) + 1);
        }
    }

    [Fact]
    public async Task RolledBackTransaction_PublishesNothing()
    {
        await using var shop = await servers.StartShopAsync();

        await shop.WithDbAsync(async db =>
        {
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(Token);
                db.Publish(new ItemSold(1, 1));
                await db.SaveChangesAsync(Token);
                await transaction.RollbackAsync(Token);
            });
            return true;
        });
        await shop.PublishAsync(new ItemSold(1, 2));

        await shop.HasEffectsAsync(1);
        Assert.Equal(2, Assert.Single(await shop.EffectsAsync()).Number);
    }

    [Fact]
    public async Task Partition_HasOneOwner_AndAnotherTakesOver()
    {
        await using var shop = await servers.StartShopAsync();
        var outbox = shop.Services.GetRequiredService<IOutbox>();
        await Eventually.TrueAsync(async () =>
        {
            await using var lease = await outbox.TryAcquireAsync(0, Token);
            return lease is null;
        }, "the service's own relay owns the partition");

        await shop.StopAsync();

        await using var next = await outbox.TryAcquireAsync(0, Token);
        Assert.NotNull(next);
        Assert.Null(await outbox.TryAcquireAsync(0, Token));
    }

    /// <summary>
    /// A service may turn off the reset of pooled connections. The settings of a lane must not leak into the service's transactions.
    /// </summary>
    [Fact]
    public async Task Lease_LeavesNothingInItsSession()
    {
        var database =
            new NpgsqlConnectionStringBuilder(await servers.Servers.CreateDatabaseAsync(Token)) { NoResetOnClose = true }.ConnectionString;
        await using var shop = await servers.StartShopAsync(database: database);
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);
        await shop.StopAsync();
        var outbox = shop.Services.GetRequiredService<IOutbox>();

        await using (var lease = await outbox.TryAcquireAsync(0, Token))
        {
            Assert.NotNull(lease);
            Assert.Null(await outbox.TryAcquireAsync(0, Token));
        }

        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync(Token);
            var tooLong = await Assert.ThrowsAsync<PostgresException>(
                () => PostgresOutboxLease.TryLockAsync(connection, 0, TimeSpan.FromDays(30), Token));
            Assert.Contains("idle_session_timeout", tooLong.MessageText, StringComparison.Ordinal);
        }

        Assert.All(await LeftInSessionsAsync(database), Assert.Empty);
    }

    [Fact]
    public async Task Writers_AreThoseThatMayAddAMessageYet_UntilTheyEnd()
    {
        await using var shop = await servers.StartShopAsync();
        await shop.StopAsync();
        await using var lease = await shop.Services.GetRequiredService<IOutbox>().TryAcquireAsync(0, Token);
        Assert.NotNull(lease);
        Assert.Empty(await lease.WritersAsync(Token));

        await shop.WithDbAsync(async db =>
        {
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(Token);
                await db.Effects.CountAsync(Token);
                Assert.Empty(await lease.WritersAsync(Token));
                db.Publish(new ItemSold(1, 1));
                await db.SaveChangesAsync(Token);
                var writers = await lease.WritersAsync(Token);
                Assert.Single(writers);
                Assert.Equal(writers, await lease.WritersAsync(Token));
                await transaction.CommitAsync(Token);
            });
            return true;
        });

        Assert.Empty(await lease.WritersAsync(Token));
    }

    /// <summary>
    /// The settings that force index plans raise the estimated cost, and PostgreSQL would JIT-compile such plans, which takes longer than
    /// running them.
    /// </summary>
    [Fact]
    public async Task Relay_HasNoStatementCompiled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The libraries of a process are read from /proc.");
        await using var shop = await servers.StartShopAsync();
        await shop.StopAsync();
        await shop.PublishAsync(new ItemSold(1, 1), new ItemSold(2, 1), new ItemSold(3, 1));
        await using var lease = await shop.Services.GetRequiredService<IOutbox>().TryAcquireAsync(0, Token);
        Assert.NotNull(lease);

        await lease.ReleaseDueAsync(Token);
        await lease.RemoveAsync(await lease.PeekAsync(null, 10, Token), Token);
        await lease.WritersAsync(Token);

        var session = await shop.WithDbAsync(db => db.Database
            .SqlQuery<int>($"""
                select pid as "Value" from pg_locks
                where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
                """)
            .SingleAsync(Token));
        Assert.DoesNotContain("llvmjit", await File.ReadAllTextAsync($"/proc/{session}/maps", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneSave_KeepsTheOrderOfManyMessages_AmongOtherChanges()
    {
        await using var shop = await servers.StartShopAsync();
        await shop.StopAsync();

        await shop.WithDbAsync(async db =>
        {
            for (var i = 0; i < 500; i++)
            {
                db.Effects.Add(new Effect { Key = $"{i}" });
                db.Publish(new ItemSold(1, i));
            }

            return await db.SaveChangesAsync(Token);
        });

        var stored = await shop.WithDbAsync(db => db.Database
            .SqlQuery<int>(
                $"select (convert_from(content, 'UTF8')::json ->> 'sequence')::int as \"Value\" from messaging.outbox order by id")
            .ToListAsync(Token));
        Assert.Equal(Enumerable.Range(0, 500), stored);
    }

    [Fact]
    public async Task Inbox_ForgetsWhatIsOlderThanItsRetention()
    {
        await using var shop = await servers.StartShopAsync();
        await shop.PublishAsync(new ItemSold(1, 1), new PriceChanged(2, 10, 1));
        await shop.HasEffectsAsync(2);
        var inbox = shop.Services.GetRequiredService<IInbox>();
        var now = TimeProvider.System.GetUtcNow();

        await inbox.ForgetAsync(now.AddHours(-1), Token);
        Assert.Equal((2, 1), await CountAsync(shop));
        await inbox.ForgetAsync(now.AddHours(1), Token);
        Assert.Equal((0, 0), await CountAsync(shop));
    }

    [Fact]
    public async Task ContextWithoutBus_SaysWhatIsMissing()
    {
        var options = new DbContextOptionsBuilder<ShopContext>().UseNpgsql(await servers.Servers.CreateDatabaseAsync(Token)).Options;
        await using var db = new ShopContext(options);

        var refused = Assert.Throws<InvalidOperationException>(() => db.Publish(new ItemSold(1, 1)));
        Assert.Contains("UsePostgres<ShopContext>()", refused.Message, StringComparison.Ordinal);
    }

    private static Task<(int Messages, int Versions)> CountAsync(Service shop) => shop.WithDbAsync(async db => (
        await db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from messaging.inbox").SingleAsync(Token),
        await db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from messaging.handled_versions").SingleAsync(Token)));

    /// <summary>The settings that idle pooled sessions kept from their last use; some of the sessions are new.</summary>
    private static async Task<IReadOnlyList<string>> LeftInSessionsAsync(string database)
    {
        const string Left = """
            select concat_ws(', ',
                (select string_agg(name, ', ') from pg_settings where source = 'session'),
                (select string_agg(locktype, ', ') from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'),
                (select string_agg(channel, ', ') from pg_listening_channels() channel))
            """;

        List<NpgsqlConnection> sessions = [];
        List<string> left = [];
        for (var i = 0; i < 10; i++)
        {
            var session = new NpgsqlConnection(database);
            sessions.Add(session);
            await session.OpenAsync(Token);
            await using var command = new NpgsqlCommand(Left, session);
            left.Add((string)(await command.ExecuteScalarAsync(Token))!);
        }

        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }

        return left;
    }
}
