using Npgsql;

namespace EventBus.Outbox.Postgres;

internal static class PostgresFaults
{
    /// <summary>Table, schema or database do not exist: the service has not applied its migrations yet.</summary>
    public static bool IsMissingSchema(this PostgresException fault) =>
        fault.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InvalidCatalogName;
}
