using System.Globalization;
using Npgsql;

namespace AppHost;

/// <param name="Database">The database.</param>
/// <param name="Role">The role that owns it.</param>
/// <param name="Password">The role's password.</param>
internal sealed record DatabaseOwner(string Database, string Role, string Password);

/// <summary>
/// Creates a service's role and database, or gives an existing database to the role: in data of an older version, the administrator owns
/// it.
/// </summary>
internal static class PostgresSetup
{
    // Existing objects, except those of an extension, and sequences of a column, which belong to its table.
    private const string GiveObjectsToRole = """
        do $$
        declare statement text;
        begin
            for statement in
                select format('alter schema %I owner to %I', nspname, current_setting('setup.role'))
                from pg_namespace
                where nspname !~ '^pg_' and nspname <> 'information_schema' and nspowner <> current_setting('setup.role')::regrole
                union all
                select format('alter %s %s owner to %I',
                    case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
                    oid::regclass, current_setting('setup.role'))
                from pg_class
                where relkind in ('r', 'p', 'v', 'm', 'S') and relowner <> current_setting('setup.role')::regrole
                    and relnamespace in (select oid from pg_namespace
                    where nspname !~ '^pg_' and nspname <> 'information_schema')
                    and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid
                        and deptype in ('a', 'e', 'i'))
                union all
                select format('alter routine %s owner to %I', oid::regprocedure, current_setting('setup.role'))
                from pg_proc
                where proowner <> current_setting('setup.role')::regrole
                    and pronamespace in (select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
                    and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
            loop
                execute statement;
            end loop;
        end $$
        """;

    private const string CreateRole = """
        do $$
        begin
            if not exists (select from pg_roles where rolname = current_setting('setup.role')) then
                execute format('create role %I', current_setting('setup.role'));
            end if;
            execute format('alter role %I with login nosuperuser nocreatedb nocreaterole noreplication password %L',
                current_setting('setup.role'), current_setting('setup.password'));
        end $$
        """;

    /// <param name="server">The connection string of the administrator, without a database.</param>
    /// <param name="owner">The database and its owner. Their names are those of AppHost's code.</param>
    /// <param name="cancellationToken">Stops between two statements.</param>
    public static async Task RunAsync(string server, DatabaseOwner owner, CancellationToken cancellationToken)
    {
        await using (var connection = await OpenAsync(server, "postgres", owner, cancellationToken))
        {
            await ExecuteAsync(connection, CreateRole, cancellationToken);
            if (!await ExistsAsync(connection, owner.Database, cancellationToken))
            {
                await ExecuteAsync(connection, $"create database {owner.Database}", cancellationToken);
            }

            await ExecuteAsync(connection, $"alter database {owner.Database} owner to {owner.Role}", cancellationToken);
            await ExecuteAsync(connection, $"revoke all on database {owner.Database}, postgres, template1 from public", cancellationToken);
        }

        await using var database = await OpenAsync(server, owner.Database, owner, cancellationToken);
        await ExecuteAsync(database, GiveObjectsToRole, cancellationToken);
    }

    private static async Task<NpgsqlConnection> OpenAsync(
        string server, string database, DatabaseOwner owner, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var values = new NpgsqlCommand(
            "select set_config('setup.role', $1, false), set_config('setup.password', $2, false)", connection)
        {
            Parameters = { new() { Value = owner.Role }, new() { Value = owner.Password } },
        };
        await values.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select count(*) from pg_database where datname = $1", connection)
        {
            Parameters = { new() { Value = database } },
        };
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) > 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
