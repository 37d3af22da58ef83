using Npgsql;

namespace Aspire.Hosting.Postgres;

internal sealed record CreationScriptAnnotation(string Script) : IResourceAnnotation;

/// <summary>Creates databases that are not there.</summary>
internal static class PostgresDatabases
{
    public static async Task EnsureAsync(PostgresDatabaseResource database, CancellationToken cancellationToken)
    {
        var server = await ((IResourceWithConnectionString)database.Parent).GetConnectionStringAsync(cancellationToken);
        await using var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using (var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = database.DatabaseName } } })
        {
            if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            {
                return;
            }
        }

        var script = database.TryGetLastAnnotation<CreationScriptAnnotation>(out var own)
            ? own.Script
            : $"create database {Quote(database.DatabaseName)}";
#pragma warning disable CA2100 // The developer's own script, or a quoted name.
        await using var create = new NpgsqlCommand(script, connection);
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
