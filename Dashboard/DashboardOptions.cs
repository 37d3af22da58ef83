using Dashboard.Telemetry;

namespace Dashboard;

/// <summary>What the dashboard was started with. Names are those of Aspire's dashboard where it has the same setting.</summary>
public sealed class DashboardOptions
{
    /// <summary>Pages and API (<c>ASPNETCORE_URLS</c>, one or more with <c>;</c>). Default <c>http://localhost:18888</c>.</summary>
    public required IReadOnlyList<ListenAddress> Frontend { get; init; }

    /// <summary>OTLP over gRPC and the resource link (<c>ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL</c>). Default <c>http://localhost:4317</c>.</summary>
    public required ListenAddress OtlpGrpc { get; init; }

    /// <summary>OTLP over HTTP (<c>ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL</c>). Default <c>http://localhost:4318</c>.</summary>
    public required ListenAddress OtlpHttp { get; init; }

    /// <summary>Opens pages and API (<c>DASHBOARD__FRONTEND__BROWSERTOKEN</c>). Null when anyone on this machine may.</summary>
    public required string? BrowserToken { get; init; }

    /// <summary>No token was given, so the dashboard made one up and has to tell it.</summary>
    public required bool IsBrowserTokenGenerated { get; init; }

    /// <summary>Senders of telemetry must know it (<c>DASHBOARD__OTLP__PRIMARYAPIKEY</c>). Null when any process on this machine may send.</summary>
    public required string? OtlpApiKey { get; init; }

    /// <summary>The engine must know it (<c>DASHBOARD__RESOURCESERVICECLIENT__APIKEY</c>). Null when any process on this machine may link.</summary>
    public required string? ResourceApiKey { get; init; }

    /// <summary>Shown as title (<c>DASHBOARD__APPLICATIONNAME</c>) until the engine says its own.</summary>
    public required string ApplicationName { get; init; }

    public required TelemetryLimits Limits { get; init; }
}

/// <summary>One address to listen at, and the setting it came from.</summary>
public sealed record ListenAddress(string Setting, Uri Url);
