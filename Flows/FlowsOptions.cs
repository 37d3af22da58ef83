using Flows.DeadLetters;
using Flows.Expectations;
using Flows.Traces;

namespace Flows;

/// <summary>The settings. A setting that Aspire's dashboard has too has the same name.</summary>
public sealed class FlowsOptions
{
    /// <summary>
    /// The names by which other machines reach Flows (<c>FLOWS__HOSTS</c>, separated by <c>;</c>). Default: none, and it listens on
    /// loopback only.
    /// </summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>
    /// Addresses of pages and API (<c>ASPNETCORE_URLS</c>, separated by <c>;</c>). Default: <c>http://localhost:5104</c>.
    /// </summary>
    public required IReadOnlyList<ListenAddress> Frontend { get; init; }

    /// <summary>
    /// Address for OTLP over gRPC (<c>FLOWS__OTLP__GRPCURL</c>). Default: <c>http://localhost:4317</c>, or none if it reads from
    /// Aspire's dashboard.
    /// </summary>
    public required ListenAddress? OtlpGrpc { get; init; }

    /// <summary>
    /// Address for OTLP over HTTP (<c>FLOWS__OTLP__HTTPURL</c>). Default: <c>http://localhost:4318</c>, or none if it reads from
    /// Aspire's dashboard.
    /// </summary>
    public required ListenAddress? OtlpHttp { get; init; }

    /// <summary>
    /// Address of Aspire's dashboard (<c>FLOWS__DASHBOARD__URL</c>): telemetry is read from it, and pages link to it. Default: null, no
    /// dashboard.
    /// </summary>
    public required Uri? Followed { get; init; }

    /// <summary>
    /// The key of that dashboard's telemetry API (<c>FLOWS__DASHBOARD__APIKEY</c>). Default: null, the API needs no key.
    /// </summary>
    public required string? FollowedApiKey { get; init; }

    /// <summary>
    /// The token for pages and API (<c>FLOWS__FRONTEND__BROWSERTOKEN</c>). Null if everyone on this machine has access.
    /// </summary>
    public required string? BrowserToken { get; init; }

    /// <summary>Whether no token was configured, so that a generated one is printed at the start.</summary>
    public required bool IsBrowserTokenGenerated { get; init; }

    /// <summary>
    /// The key that senders of telemetry must send (<c>FLOWS__OTLP__PRIMARYAPIKEY</c>). Default: null, every process on this machine
    /// may send.
    /// </summary>
    public required string? OtlpApiKey { get; init; }

    /// <summary>
    /// The declared processes that flows are compared with, from the JSON files of a folder (<c>FLOWS__PROCESSES</c>). Default: none.
    /// </summary>
    public required IReadOnlyList<ProcessDeclaration> Processes { get; init; }

    public required DeadLetterSettings DeadLetters { get; init; }

    public required TelemetryLimits Limits { get; init; }
}

/// <summary>An address to listen at, and the setting that it comes from.</summary>
public sealed record ListenAddress(string Setting, Uri Url);
