namespace Aspire.Npgsql;

/// <summary>
/// How a data source connects to PostgreSQL. Bound from <c>Aspire:Npgsql</c>, then <c>Aspire:Npgsql:{connectionName}</c>;
/// <c>ConnectionStrings:{connectionName}</c> wins over both. Mirrors <c>Aspire.Npgsql.NpgsqlSettings</c>.
/// </summary>
public class NpgsqlSettings
{
    /// <summary>An Npgsql connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the health check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out the activity source <c>Npgsql</c>. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Leaves out the meter <c>Npgsql</c>. Default: false.</summary>
    public bool DisableMetrics { get; set; }
}
