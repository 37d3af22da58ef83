using Npgsql;

namespace ServiceDefaults.Databases;

/// <summary>
/// How PostgreSQL's client reports that the server ended a connection, or takes no writes: another server may be the primary now.
/// </summary>
public static class BrokenConnections
{
    internal static readonly string[] States =
    [
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow,
        PostgresErrorCodes.ReadOnlySqlTransaction,
    ];

    /// <summary>
    /// Whether the connection is useless, and the same statement may work over a new one. False for time-outs: a new one would wait again.
    /// </summary>
    public static bool IsReportedBy(NpgsqlException exception) => exception is PostgresException { SqlState: { } state }
        ? States.Contains(state)
        : exception is { IsTransient: true, InnerException: not TimeoutException };
}
