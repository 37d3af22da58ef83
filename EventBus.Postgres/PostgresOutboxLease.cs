using System.Globalization;
using EventBus.Messages;
using EventBus.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Postgres;

/// <summary>
/// Ownership by a session advisory lock. Reads and deletes run in the same session: an owner that lost its lock has lost its connection
/// too, and cannot delete what the next owner may be sending. No transaction is open while the broker is used.
/// </summary>
internal sealed class PostgresOutboxLease(AsyncServiceScope scope, NpgsqlConnection connection, short partition, TimeProvider clock)
    : IOutboxLease
{
    private const int LockSpace = 0x0b05;
    private const int CommandTimeoutSeconds = 15;
    private const int DueAtOnce = 2000;

    // Keepalives: the server detects within half a minute that the owner of the lock is unreachable; the idle timeout detects an owner that
    // hangs. synchronous_commit: rows deleted by the relay may reappear after a crash of the server; receivers recognise the duplicates.
    // Planner: statistics of a table that is mostly empty would make it read and sort the whole backlog for each batch. JIT: these settings
    // make some plans look so expensive that they would be compiled, which takes a fifth of a second each time.
    private const string SessionSql = """
        set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4; set synchronous_commit = off;
        set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off; set jit = off;
        set idle_session_timeout =
        """;

    // The pooled session would keep the lock and these settings.
    private const string LeaveSql = "select pg_advisory_unlock_all(); reset all";

    // Fails while the table is missing. Null on a server that takes no writes: messages that were relayed from there could not be removed.
    private const string LockSql = """
        select case when not current_setting('transaction_read_only')::boolean then pg_try_advisory_lock($1, $2) end,
               (select count(*) from (select from messaging.outbox limit 0) probe)
        """;

    private const string PeekSql = """
        select id, message_id, type, kind, key, version, correlation_id, content, trace_parent, trace_state, baggage, created_at
        from messaging.outbox where partition = $1 and id > $2 order by id limit $3
        """;

    // A transaction that inserts takes this lock before it gets an id and keeps it until it ends. Virtual ids are never used twice.
    private const string WritersSql = """
        select virtualtransaction from pg_locks
        where locktype = 'relation' and relation = 'messaging.outbox'::regclass and mode = 'RowExclusiveLock' and pid <> pg_backend_pid()
        and database = (select oid from pg_database where datname = current_database())
        """;

    // The bounds are redundant but make the planner use the index; with the list alone it reads the whole partition.
    private const string RemoveSql = "delete from messaging.outbox where partition = $1 and id between $2 and $3 and id = any($4)";

    private const string ReleaseDueSql = """
        with due as (
            delete from messaging.scheduled where id = any(array(
                select id from messaging.scheduled where partition = $1 and due_at <= $2 order by due_at, id limit $3))
            returning *)
        insert into messaging.outbox (
            partition, message_id, type, kind, key, version, correlation_id, content, trace_parent, trace_state, baggage, created_at)
        select partition, message_id, type, kind, key, version, correlation_id, content, trace_parent, trace_state, baggage, created_at
        from due order by due_at, id
        """;

    public static async Task<bool> TryLockAsync(
        NpgsqlConnection connection, short partition, TimeSpan idleLimit, CancellationToken cancellationToken)
    {
        try
        {
            await using var locked = new NpgsqlCommand(LockSql, connection) { CommandTimeout = CommandTimeoutSeconds };
            locked.Parameters.Add(new NpgsqlParameter<int> { TypedValue = LockSpace });
            locked.Parameters.Add(new NpgsqlParameter<int> { TypedValue = partition });
            var isLocked = await locked.ExecuteScalarAsync(cancellationToken);
            if (isLocked is DBNull)
            {
                NpgsqlConnection.ClearPool(connection);
                throw new InvalidOperationException("The database accepts no writes.");
            }

            if (isLocked is not true)
            {
                return false;
            }

            var milliseconds = idleLimit.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
            await using var session = new NpgsqlCommand($"{SessionSql} {milliseconds}", connection);
            session.CommandTimeout = CommandTimeoutSeconds;
            await session.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch
        {
            await connection.LeaveAsync(LeaveSql);
            throw;
        }
    }

    public async Task<bool> ReleaseDueAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            ReleaseDueSql,
            new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() },
            new NpgsqlParameter<int> { TypedValue = DueAtOnce });
        return await command.ExecuteNonQueryAsync(cancellationToken) == DueAtOnce;
    }

    public async Task<IReadOnlyList<OutboxEntry>> PeekAsync(OutboxPosition? after, int limit, CancellationToken cancellationToken)
    {
        var position = after is { } passed ? (long)passed.High : 0;
        await using var command = Command(
            PeekSql, new NpgsqlParameter<long> { TypedValue = position }, new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        var entries = new List<OutboxEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new OutboxEntry(new OutboxPosition((ulong)reader.GetInt64(0)), ReadMessage(reader)));
        }

        return entries;
    }

    public async Task<HashSet<string>> WritersAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(WritersSql, connection) { CommandTimeout = CommandTimeoutSeconds };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var writers = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            writers.Add(reader.GetString(0));
        }

        return writers;
    }

    public async Task RemoveAsync(IReadOnlyCollection<OutboxEntry> relayed, CancellationToken cancellationToken)
    {
        var ids = relayed.Select(entry => (long)entry.Position.High).ToArray();
        await using var command = Command(
            RemoveSql,
            new NpgsqlParameter<long> { TypedValue = ids.Min() },
            new NpgsqlParameter<long> { TypedValue = ids.Max() },
            new NpgsqlParameter<long[]> { TypedValue = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.LeaveAsync(LeaveSql);
        await scope.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = CommandTimeoutSeconds };
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = partition });
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static Envelope ReadMessage(NpgsqlDataReader reader)
    {
        return new Envelope
        {
            MessageId = reader.GetGuid(1),
            Type = reader.GetString(2),
            Kind = (MessageKind)reader.GetInt16(3),
            Key = reader.GetString(4),
            Version = reader.GetInt64(5),
            CorrelationId = reader.GetString(6),
            Body = reader.GetFieldValue<byte[]>(7),
            Trace = new TraceHeaders(Text(8), Text(9), Text(10)),
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(11),
        };

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
