namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>
/// How a database context connects to PostgreSQL. Bound from <c>Aspire:Npgsql:EntityFrameworkCore:PostgreSQL</c>, then its child sections
/// <c>{connectionName}</c> and <c>{name of the context type}</c>; <c>ConnectionStrings:{connectionName}</c> wins over all three.
/// Mirrors <c>Aspire.Npgsql.EntityFrameworkCore.PostgreSQL.NpgsqlEntityFrameworkCorePostgreSQLSettings</c>.
/// </summary>
public sealed class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    /// <summary>An Npgsql connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the retrying execution strategy. Default: false.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>Leaves out the health check, which is named like the context type. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out the activity source <c>Npgsql</c>. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Leaves out the meter <c>Npgsql</c>. Default: false.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>Seconds that a command may take. Default: null, which means what the connection string says or 30.</summary>
    public int? CommandTimeout { get; set; }
}
