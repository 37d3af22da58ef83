using System.Data;
using System.Runtime.ExceptionServices;
using EventBus.Failure;
using EventBus.Inbox;
using EventBus.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Postgres;

/// <summary>The inbox in the service's database, in the transaction that the handler's context writes in.</summary>
internal sealed class PostgresInbox<TContext>(IServiceScopeFactory scopes, CrashPoints crashPoints, TimeProvider clock) : IInbox
    where TContext : DbContext
{
    // 1 MB, or about ten thousand rows.
    private const int BlocksPerPiece = 128;

    // One round trip for all. A second copy of a message waits at the primary key until the first has committed, then inserts nothing.
    // The version row does the same for two messages of one aggregate.
    private const string RememberSql = """
        with incoming as (
            select * from unnest($2, $3, $4, $5) with ordinality as message (message_id, type, key, version, place)),
        seen as (
            insert into messaging.inbox (consumer, message_id, handled_at)
            select $1, message_id, $6 from incoming order by place
            on conflict do nothing returning message_id),
        newest as (
            insert into messaging.handled_versions as handled (consumer, type, key, version, handled_at)
            select $1, type, key, version, $6 from incoming join seen using (message_id) where version > 0 order by place
            on conflict (consumer, type, key) do update set version = excluded.version, handled_at = excluded.handled_at
            where handled.version <= excluded.version
            returning type, key)
        select seen.message_id is not null, incoming.version = 0 or newest.key is not null
        from incoming left join seen using (message_id) left join newest using (type, key) order by place
        """;

    // The same for a single message, without lists and joins: 15 % more messages per second.
    private const string RememberOneSql = """
        with seen as (
            insert into messaging.inbox (consumer, message_id, handled_at) values ($1, $2, $6)
            on conflict do nothing returning message_id),
        newest as (
            insert into messaging.handled_versions as handled (consumer, type, key, version, handled_at)
            select $1, $3, $4, $5, $6 from seen where $5 > 0
            on conflict (consumer, type, key) do update set version = excluded.version, handled_at = excluded.handled_at
            where handled.version <= excluded.version
            returning type)
        select exists (select from seen), $5 = 0 or exists (select from newest)
        """;

    // -1 before the first ANALYZE.
    private const string CountSql = "select nullif(reltuples, -1)::bigint from pg_class where oid = 'messaging.inbox'::regclass";

    // Old rows are found by reading the table, a piece at a time, not by an index: an index on the time would cost every message a second
    // insertion, and every new version of an aggregate a full update instead of one in place.
    private static readonly string[] ForgetSql =
    [
        "delete from messaging.inbox where ctid >= $1 and ctid < $2 and handled_at < $3",
        "delete from messaging.handled_versions where ctid >= $1 and ctid < $2 and handled_at < $3",
    ];

    private static readonly string[] BlocksSql =
    [
        "select pg_relation_size('messaging.inbox') / current_setting('block_size')::int",
        "select pg_relation_size('messaging.handled_versions') / current_setting('block_size')::int",
    ];

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        try
        {
            await database.OpenConnectionAsync(cancellationToken);
            await using var probe = new NpgsqlCommand("select from messaging.inbox limit 0", (NpgsqlConnection)database.GetDbConnection());
            await probe.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException notYet) when (PostgresFaults.IsMissingSchema(notYet))
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<InboxVerdict>> HandleAsync(
        IServiceProvider services, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<TContext>();

        // A context with a retrying execution strategy refuses transactions that the strategy did not start. Nothing is thrown inside the
        // strategy, so that it never repeats a handler: only FailurePolicy decides how often a message is tried.
        var (verdicts, fault) = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            try
            {
                return (await HandleOnceAsync(db, consumer, items, cancellationToken), null);
            }
            catch (Exception thrown)
            {
                if (PostgresFaults.IsReadOnly(thrown))
                {
                    NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
                }

                return (Verdicts: Array.Empty<InboxVerdict>(), Fault: (ExceptionDispatchInfo?)ExceptionDispatchInfo.Capture(thrown));
            }
        });

        fault?.Throw();
        return verdicts;
    }

    public async Task<long?> CountAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(CountSql, (NpgsqlConnection)database.GetDbConnection());
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    public async Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        await database.OpenConnectionAsync(cancellationToken);

        var connection = (NpgsqlConnection)database.GetDbConnection();
        foreach (var (countBlocks, forget) in BlocksSql.Zip(ForgetSql))
        {
            await using var count = new NpgsqlCommand(countBlocks, connection);
            var blocks = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
            for (var block = 0L; block < blocks; block += BlocksPerPiece)
            {
                await using var command = new NpgsqlCommand(forget, connection);
                command.Parameters.Add(StartOf(block));
                command.Parameters.Add(StartOf(block + BlocksPerPiece));
                command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before.ToUniversalTime() });
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private static NpgsqlParameter<NpgsqlTid> StartOf(long block) =>
        new() { TypedValue = new NpgsqlTid((uint)block, 0), NpgsqlDbType = NpgsqlDbType.Tid };

    private async Task<InboxVerdict[]> HandleOnceAsync(
        TContext db, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken)
    {
        // Without EF's savepoints, which cost two round trips: a failure rolls back the whole transaction.
        db.Database.AutoSavepointsEnabled = false;
        var (transaction, verdicts) = await BeginAsync(db, consumer, items, cancellationToken);
        await using var whole = transaction;

        for (var i = 0; i < items.Count; i++)
        {
            if (verdicts[i] == InboxVerdict.Handled)
            {
                await items[i].Handle(cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await crashPoints.PassAsync(CrashPoints.Handled);
        await transaction.CommitAsync(cancellationToken);
        return verdicts;
    }

    /// <summary>
    /// Begins the transaction and inserts the messages. A timeout here is not the handler's fault: the database does not answer, or another
    /// transaction handles a copy of the same message.
    /// </summary>
    private async Task<(IDbContextTransaction Transaction, InboxVerdict[] Verdicts)> BeginAsync(
        TContext db, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken)
    {
        IDbContextTransaction? transaction = null;
        try
        {
            transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            return (transaction, await RememberAsync(transaction, consumer, items, cancellationToken));
        }
        catch (Exception fault)
        {
            if (transaction is not null)
            {
                await transaction.DisposeAsync();
            }

            if (fault is NpgsqlException { InnerException: TimeoutException })
            {
                throw new StoreUnavailableException(fault);
            }

            throw;
        }
    }

    private async Task<InboxVerdict[]> RememberAsync(
        IDbContextTransaction transaction, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken)
    {
        var native = (NpgsqlTransaction)transaction.GetDbTransaction();
        await using var command = new NpgsqlCommand(items.Count == 1 ? RememberOneSql : RememberSql, native.Connection, native);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        command.Parameters.Add(Column(message => message.MessageId));
        command.Parameters.Add(Column(message => message.Type));
        command.Parameters.Add(Column(message => message.Key));
        command.Parameters.Add(Column(message => message.Version));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });

        // Stays prepared on its pooled connection: planning costs more than executing.
        await command.PrepareAsync(cancellationToken);

        var verdicts = new InboxVerdict[items.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (var i = 0; await reader.ReadAsync(cancellationToken); i++)
        {
            verdicts[i] = (reader.GetBoolean(0), reader.GetBoolean(1)) switch
            {
                (false, _) => InboxVerdict.Duplicate,
                (true, false) => InboxVerdict.Stale,
                _ => InboxVerdict.Handled,
            };
        }

        return verdicts;

        NpgsqlParameter Column<T>(Func<Envelope, T> value) => items is [var one]
            ? new NpgsqlParameter<T> { TypedValue = value(one.Message) }
            : new NpgsqlParameter<T[]> { TypedValue = [.. items.Select(item => value(item.Message))] };
    }
}
