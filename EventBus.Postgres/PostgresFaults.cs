using System.Net.Sockets;
using EventBus.Failure;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventBus.Postgres;

/// <summary>
/// Judges Npgsql's and EF's exceptions. A command that timed out is a fault of the handler, not of the database: the same command may be
/// slow every time. A database that does not answer at all shows before the handler is called (<see cref="StoreUnavailableException"/>).
/// </summary>
internal sealed class PostgresFaults : IStoreFaults
{
    public FaultKind Judge(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (IsUnavailable(cause))
            {
                return FaultKind.StoreUnavailable;
            }

            if (IsConflict(cause))
            {
                return FaultKind.Conflict;
            }
        }

        return FaultKind.Handler;
    }

    /// <summary>Table, schema or database do not exist: the service has not applied its migrations yet.</summary>
    public static bool IsMissingSchema(PostgresException fault) =>
        fault.SqlState is PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InvalidCatalogName;

    /// <summary>The server takes no writes: it was demoted, or switched to read-only. Its pooled connections would find it again.</summary>
    public static bool IsReadOnly(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction }
        || (fault.InnerException is { } cause && IsReadOnly(cause));

    // Class 08 is "connection exception".
    private static bool IsUnavailable(Exception cause) => cause switch
    {
        PostgresException { SqlState: { } state } => state.StartsWith("08", StringComparison.Ordinal)
            || state is PostgresErrorCodes.DiskFull or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
                or PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException { InnerException: SocketException or IOException } => true,
        _ => false,
    };

    private static bool IsConflict(Exception cause) => cause is DbUpdateConcurrencyException
        or PostgresException
        {
            SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.UniqueViolation,
        };
}
