using Npgsql;

namespace EventBus.Postgres;

internal static class PostgresSession
{
    private const int CommandTimeoutSeconds = 15;

    /// <summary>
    /// Resets what was set for a session, before its connection returns to the pool: services with <c>No Reset On Close</c> reuse
    /// connections as they are.
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
            // A timed-out connection may still hold session state; discard it.
            NpgsqlConnection.ClearPool(connection);
        }
    }
}
