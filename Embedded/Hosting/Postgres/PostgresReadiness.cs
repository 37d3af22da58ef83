using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>Waits until a server that was just started lets its user in.</summary>
internal static class PostgresReadiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(
        int port, string userName, string password, Task<int> exited, TimeSpan patience, CancellationToken cancellationToken)
    {
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = userName,
            Password = password,
            Database = "postgres",
            Pooling = false,
            Timeout = 3,
        }.ConnectionString;
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(text);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException) when (!exited.IsCompleted && TimeProvider.System.GetElapsedTime(began) < patience)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
