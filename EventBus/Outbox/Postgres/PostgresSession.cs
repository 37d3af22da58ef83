using Npgsql;

namespace EventBus.Outbox.Postgres;

internal static class PostgresSession
{
    private const int CommandTimeoutSeconds = 15;

    /// <summary>Undoes what was set for a session: a closed connection returns to the pool with it.</summary>
    public static async Task LeaveAsync(this NpgsqlConnection connection, string sql)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = CommandTimeoutSeconds };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
        {
            // A broken connection has taken its session with it.
        }
    }
}
