using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace ServiceDefaults.Databases;

/// <summary>
/// Retries over a new connection when PostgreSQL ended the old one, and gives up soon: EF's default retries for a minute, in which a client
/// gets no answer. A time-out is not retried, because the client has waited already.
/// </summary>
internal sealed class ShortRetries(ExecutionStrategyDependencies dependencies)
    : NpgsqlRetryingExecutionStrategy(dependencies, MaxRetries, MaxDelay, BrokenConnections.States)
{
    private const int MaxRetries = 2;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(200);

    protected override bool ShouldRetryOn(Exception? exception) =>
        base.ShouldRetryOn(exception) && exception is not { InnerException: TimeoutException };

    // What is wrong with one pooled connection is wrong with all of them; each retry would find the next one.
    protected override void OnRetry()
    {
        if (CallOnWrappedException(
                ExceptionsEncountered[^1], fault => fault is NpgsqlException exception && BrokenConnections.IsReportedBy(exception))
            && Dependencies.CurrentContext.Context.Database.GetDbConnection() is NpgsqlConnection connection)
        {
            NpgsqlConnection.ClearPool(connection);
        }

        base.OnRetry();
    }
}
