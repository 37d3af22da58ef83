using System.Globalization;
using Npgsql;

namespace AppHost.FaultLab.Servers;

/// <summary>
/// Lets a database answer as if its disk were full. The disk is not touched: triggers on all tables raise the error that PostgreSQL raises
/// then. They stop by themselves at their time, also if AppHost is killed and cannot remove them.
/// </summary>
internal sealed class FullDisk(ServiceAccount database) : Fault("full-disk", "Fault: full disk", "HardDrive")
{
    private const string Schema = "fault_lab";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const string CreateFunction = """
        drop schema if exists fault_lab cascade;
        create schema fault_lab;
        do $do$ begin
            execute format($function$
                create function fault_lab.full_disk() returns trigger language plpgsql as $body$
                begin
                    if clock_timestamp() < %L::timestamptz then
                        raise exception 'could not extend file: No space left on device' using errcode = 'disk_full',
                            hint = 'AppHost''s fault lab raises this; the disk is not full.';
                    end if;
                    return null;
                end $body$
            $function$, clock_timestamp() + make_interval(secs => current_setting('fault_lab.seconds')::float));
        end $do$
        """;

    private const string Tables = """
        select oid::regclass::text
        from pg_class
        where relkind in ('r', 'p') and not relispartition and relpersistence <> 't'
            and relnamespace in (
                select oid from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'fault_lab'))
        """;

    private const string TablesWithTrigger = """
        select tgrelid::regclass::text from pg_trigger where tgname = 'fault_lab_full_disk'
        """;

    public override string Effect =>
        "Inserts and updates in this database fail with SQLSTATE 53100 (disk full). Triggers raise it: the disk itself is not touched.";

    public override string Expectation =>
        "In Flows, messages for this service stay received and wait for the store, without counting attempts. Requests that only read are "
        + "answered, others get 503. After the end, all continue within seconds.";

    public override async Task<IAsyncDisposable> BeginAsync(FaultCall call, CancellationToken cancellationToken)
    {
        await using var source = await OpenAsync(database, cancellationToken);
        try
        {
            await CreateAsync(source, call.Duration, cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            throw new FaultRefusedException($"{database.Name} did not take it: {fault.Message}");
        }

        return new EndOfFault(() => RemoveAsync(database, CancellationToken.None));
    }

    /// <summary>Removes what a fault added, also that of a run of AppHost that was killed.</summary>
    public static async Task RemoveAsync(ServiceAccount database, CancellationToken cancellationToken)
    {
        await using var source = await OpenAsync(database, cancellationToken);
        foreach (var table in await ListAsync(source, TablesWithTrigger, cancellationToken))
        {
            await ExecuteAsync(source, $"drop trigger if exists fault_lab_full_disk on {table}", cancellationToken);
        }

        await ExecuteAsync(source, $"drop schema if exists {Schema} cascade", cancellationToken);
    }

    private static async Task<NpgsqlDataSource> OpenAsync(ServiceAccount database, CancellationToken cancellationToken)
    {
        var server = await ((IResourceWithConnectionString)database.Parent).GetConnectionStringAsync(cancellationToken);

        // A table that is in use may be locked for long; other statements wait behind the one that waits for it.
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server)
        {
            Database = database.Name,
            Pooling = false,
            Options = "-c lock_timeout=500",
        });
    }

    // Each table in a transaction of its own: several locks at a time could deadlock with the service.
    private static async Task CreateAsync(NpgsqlDataSource source, TimeSpan duration, CancellationToken cancellationToken)
    {
        var seconds = duration.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await ExecuteAsync(source, $"set fault_lab.seconds = '{seconds}'; {CreateFunction}", cancellationToken);
        foreach (var table in await ListAsync(source, Tables, cancellationToken))
        {
            await ExecuteAsync(
                source,
                $"create trigger fault_lab_full_disk before insert or update on {table} "
                + "for each statement execute function fault_lab.full_disk()",
                cancellationToken);
        }
    }

    private static async Task<List<string>> ListAsync(NpgsqlDataSource source, string query, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string statement, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var command = source.CreateCommand(statement);
                await command.ExecuteNonQueryAsync(cancellationToken);
                return;
            }
            catch (PostgresException locked) when (
                locked.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
                && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
