using Dashboard.Telemetry;

namespace Dashboard;

/// <summary>The settings. Names are those of Aspire's dashboard where it has the same setting.</summary>
public sealed class DashboardOptions
{
    /// <summary>Pages and API (<c>ASPNETCORE_URLS</c>, one or more with <c>;</c>). Default <c>http://localhost:18888</c>.</summary>
    public required IReadOnlyList<ListenAddress> Frontend { get; init; }

    /// <summary>
    /// OTLP over gRPC (<c>DASHBOARD__OTLP__GRPCURL</c>). Default <c>http://localhost:4317</c>, or none where Aspire's dashboard is followed.
    /// </summary>
    public required ListenAddress? OtlpGrpc { get; init; }

    /// <summary>
    /// OTLP over HTTP (<c>DASHBOARD__OTLP__HTTPURL</c>). Default <c>http://localhost:4318</c>, or none where Aspire's dashboard is followed.
    /// </summary>
    public required ListenAddress? OtlpHttp { get; init; }

    /// <summary>
    /// Aspire's dashboard (<c>DASHBOARD__FOLLOW__URL</c>): its telemetry API is followed, and pages link to it. Null when there is none.
    /// </summary>
    public required Uri? Followed { get; init; }

    /// <summary>The key of its telemetry API (<c>DASHBOARD__FOLLOW__APIKEY</c>). Null when that API is open.</summary>
    public required string? FollowedApiKey { get; init; }

    /// <summary>Opens pages and API (<c>DASHBOARD__FRONTEND__BROWSERTOKEN</c>). Null when anyone on this machine may.</summary>
    public required string? BrowserToken { get; init; }

    /// <summary>No token was configured: the generated one is printed at start.</summary>
    public required bool IsBrowserTokenGenerated { get; init; }

    /// <summary>Senders of telemetry must know it (<c>DASHBOARD__OTLP__PRIMARYAPIKEY</c>). Null when any process on this machine may send.</summary>
    public required string? OtlpApiKey { get; init; }

    public required TelemetryLimits Limits { get; init; }
}

/// <summary>One address to listen at, and the setting it came from.</summary>
public sealed record ListenAddress(string Setting, Uri Url);
