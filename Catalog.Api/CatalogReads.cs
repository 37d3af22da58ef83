using Npgsql;
using ServiceDefaults.Databases;

namespace Catalog.Api;

/// <summary>
/// Runs SQL that only reads: prepared by the driver, retried when the server ended a connection, and ended soon while the server hangs. The
/// pool is not in the service collection, because the context would take it for its own.
/// </summary>
public sealed class CatalogReads(IConfiguration configuration) : IAsyncDisposable
{
    public const string Database = "catalogdb";

    private const int MaxAttempts = 3;

    // Connecting, retries and the query together. Npgsql's time-outs are per step and per kind of encryption that it tries, and while it
    // connects it does not look at the cancellation token.
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _pool = CreatePool(configuration.GetConnectionString(Database));

    /// <summary>Runs <paramref name="read"/> over an open connection, and again over a new one if the server ended the first.</summary>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    public Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        RunToTheEndAsync(read, cancellationToken).WaitAsync(MaxDuration, cancellationToken);

    private async Task<T> RunToTheEndAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await _pool.OpenConnectionAsync(cancellationToken);
                return await read(connection, cancellationToken);
            }
            catch (NpgsqlException exception) when (attempt < MaxAttempts && BrokenConnections.IsReportedBy(exception))
            {
                // When the server ended one idle connection, it ended all of them; each attempt would find the next one.
                _pool.Clear();
            }
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private static NpgsqlDataSource CreatePool(string? connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(DatabaseSetup.WithDefaults(connectionString));
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            ApplicationName = "catalog-reads",
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,

            // A server that hangs does not answer a request to cancel; one that works ends the statement by its own time-out.
            CommandTimeout = (int)MaxDuration.TotalSeconds,
            CancellationTimeout = -1,
            Options = $"{given.Options} -c statement_timeout={MaxDuration.TotalMilliseconds}".TrimStart(),
        });
    }
}
