using System.Globalization;
using EventBus.Messages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Outbox.Postgres;

/// <summary>
/// Ownership by a session advisory lock. Claims and deletes run on the same session: an owner that lost its lock has lost its connection
/// too and can delete nothing that the next owner may be sending. No transaction is open while the broker is talked to.
/// </summary>
internal sealed class PostgresOutboxLease(AsyncServiceScope scope, NpgsqlConnection connection, short partition, TimeProvider time) : IOutboxLease
{
    private const int LockSpace = 0x0b05;
    private const int CommandTimeoutSeconds = 15;

    // The server notices within half a minute that the owner of a lock is gone without a word, and, by its idleness, that it is there but stands
    // still. What the relay deletes may come back after a crash of the server: that is a duplicate, which receivers know.
    // A table that is empty most of the time has statistics that say so: without the planner's settings it would read and sort the whole backlog for
    // each batch. They make a plan that has to sort all the same look so expensive that it would be compiled, for a fifth of a second each time.
    private const string SessionSql = """
        set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4; set synchronous_commit = off;
        set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off; set jit = off;
        set idle_session_timeout =
        """;

    // The session would keep the lock, its settings and its short life.
    private const string LeaveSql = "select pg_advisory_unlock_all(); reset all";

    // Fails while the table is missing; only then is there nothing to own.
    private const string LockSql = "select pg_try_advisory_lock($1, $2), (select count(*) from (select from messaging.outbox limit 0) probe)";

    private const string PeekSql = """
        select id, message_id, type, kind, key, version, correlation_id, content, trace_parent, trace_state, baggage, created_at
        from messaging.outbox where partition = $1 and id > $2 order by id limit $3
        """;

    // Whoever inserts takes this lock before it gets an id and keeps it until the end. Virtual ids are never used twice.
    private const string WritersSql = """
        select virtualtransaction from pg_locks
        where locktype = 'relation' and relation = 'messaging.outbox'::regclass and mode = 'RowExclusiveLock' and pid <> pg_backend_pid()
        and database = (select oid from pg_database where datname = current_database())
        """;

    // The bounds say the same again, for the planner: without them it reads the whole lane and compares each row with the list.
    private const string RemoveSql = "delete from messaging.outbox where partition = $1 and id between $2 and $3 and id = any($4)";

    private const string ReleaseDueSql = """
        with due as (delete from messaging.scheduled where partition = $1 and due_at <= $2 returning *)
        insert into messaging.outbox (partition, message_id, type, kind, key, version, correlation_id, content, trace_parent, trace_state, baggage, created_at)
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
            if (await locked.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return false;
            }

            var milliseconds = idleLimit.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
            await using var session = new NpgsqlCommand($"{SessionSql} {milliseconds}", connection) { CommandTimeout = CommandTimeoutSeconds };
            await session.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch
        {
            await connection.LeaveAsync(LeaveSql);
            throw;
        }
    }

    public async Task ReleaseDueAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(ReleaseDueSql, new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
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
