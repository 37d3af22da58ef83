using System.Security.Cryptography;
using Aspire.Hosting.Endpoints;

namespace Aspire.Hosting.DashboardLink;

/// <summary>Where the dashboard is, and who may talk to it. The addresses are those of AppHost's launch settings, as in Aspire.</summary>
internal sealed class DashboardSettings
{
    private DashboardSettings(DistributedApplicationBuilder builder)
    {
        var (configuration, options) = (builder.Configuration, builder.Options);
        IsEnabled = !options.DisableDashboard && builder.Metadata.DashboardPath is not null;
        AssemblyPath = builder.Metadata.DashboardPath;
        ApplicationName = options.DashboardApplicationName ?? builder.Environment.ApplicationName;
        if (!IsEnabled)
        {
            // A test may listen to the telemetry itself.
            OtlpGrpc = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] is { } listener ? new Uri(listener) : null;
            return;
        }

        Page = Address(configuration["ASPNETCORE_URLS"], options);
        OtlpGrpc = Address(configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"], options);
        OtlpHttp = Address(configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"], options);
        BrowserToken = configuration["AppHost:BrowserToken"] ?? configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? NewKey();
        OtlpApiKey = configuration["AppHost:OtlpApiKey"] ?? UserSecrets.Of(builder).GetOrAdd("AppHost:OtlpApiKey", NewKey);
        configuration["AppHost:OtlpApiKey"] = OtlpApiKey;
    }

    public bool IsEnabled { get; }

    public string? AssemblyPath { get; }

    public string ApplicationName { get; }

    /// <summary>The pages; <c>http://localhost:15000</c>.</summary>
    public Uri? Page { get; }

    /// <summary>Telemetry over gRPC, and the engine's own link.</summary>
    public Uri? OtlpGrpc { get; }

    /// <summary>Telemetry over HTTP.</summary>
    public Uri? OtlpHttp { get; }

    public string BrowserToken { get; } = "";

    public string OtlpApiKey { get; } = "";

    public string LinkApiKey { get; } = NewKey();

    public string LoginLink => $"{Page!.GetLeftPart(UriPartial.Authority)}/login?t={BrowserToken}";

    public static DashboardSettings Read(DistributedApplicationBuilder builder)
    {
        var settings = new DashboardSettings(builder);
        if (settings.OtlpGrpc is not null)
        {
            builder.Configuration["AppHost:OtlpEndpoint"] = settings.OtlpGrpc.GetLeftPart(UriPartial.Authority);
        }

        if (settings.Page is not null)
        {
            builder.Configuration["AppHost:FlowsUrl"] = new Uri(settings.Page, "/flows").ToString();
        }

        return settings;
    }

    /// <summary>Says which of its ports are taken.</summary>
    public IEnumerable<string> FindFaults()
    {
        (Uri? Address, string What, string Setting)[] addresses =
        [
            (Page, "the dashboard", "ASPNETCORE_URLS (applicationUrl in AppHost/Properties/launchSettings.json)"),
            (OtlpGrpc, "the dashboard (telemetry)", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"),
            (OtlpHttp, "the dashboard (telemetry over HTTP)", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"),
        ];
        return !IsEnabled ? [] : addresses.Where(one => !PortAllocator.IsFree(one.Address!.Port))
            .Select(one => PortInUse.Describe(one.Address!.Port, one.What, $"end it, or set {one.Setting} to another address"));
    }

    private static Uri Address(string? configured, DistributedApplicationOptions options) =>
        !options.RandomizePorts && configured?.Split(';').FirstOrDefault(url => url.Length > 0) is { } url
            ? new Uri(url)
            : new Uri($"http://localhost:{PortAllocator.Take()}");

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
