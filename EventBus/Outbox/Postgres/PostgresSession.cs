using Npgsql;

namespace EventBus.Outbox.Postgres;

internal static class PostgresSession
{
    private const int CommandTimeoutSeconds = 15;

    /// <summary>
    /// Undoes what was set for a session: a closed connection returns to the pool with it, and services whose transactions are short and many
    /// do not have it cleaned there.
    /// </summary>
    public static async Task LeaveAsync(this NpgsqlConnection connection, string sql)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = CommandTimeoutSeconds };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
        {
            // A broken connection has taken its session with it; one that only gave no answer in time must not be used again.
            NpgsqlConnection.ClearPool(connection);
        }
    }
}
