using System.Security.Cryptography;
using Flows.DeadLetters;
using Flows.Expectations;
using Flows.Traces;

namespace Flows;

/// <summary>Reads the settings and reports all faults at once, each with the name of the setting, its value and the correction.</summary>
public static class FlowsConfiguration
{
    public const string FrontendSetting = "ASPNETCORE_URLS";
    public const string OtlpGrpcSetting = "FLOWS__OTLP__GRPCURL";
    public const string OtlpHttpSetting = "FLOWS__OTLP__HTTPURL";
    public const string FollowSetting = "FLOWS__DASHBOARD__URL";
    public const string FollowKeySetting = "FLOWS__DASHBOARD__APIKEY";
    public const string ProcessesSetting = "FLOWS__PROCESSES";
    public const string AnonymousSetting = "FLOWS__UNSECURED_ALLOW_ANONYMOUS";
    public const string HostsSetting = "FLOWS__HOSTS";
    public const string OtlpKeySetting = "FLOWS__OTLP__PRIMARYAPIKEY";

    /// <exception cref="FlowsConfigurationException">At least one setting is wrong.</exception>
    public static FlowsOptions Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var hosts = ReadHosts(configuration["Flows:Hosts"] ?? "", faults);
        var frontend = Split(NotEmpty(configuration["URLS"]) ?? "http://localhost:5104")
            .Select(url => ReadAddress(FrontendSetting, url, hosts, faults))
            .ToList();
        var anonymous = configuration["Flows:Unsecured_Allow_Anonymous"];
        if (anonymous is not null && !bool.TryParse(anonymous, out _))
        {
            faults.Add($"{AnonymousSetting} is '{anonymous}'. Set it to true or false, or leave it unset (false).");
        }

        var token = NotEmpty(configuration["Flows:Frontend:BrowserToken"]);
        var followed = ReadFollowed(NotEmpty(configuration["Flows:Dashboard:Url"]), faults);
        var isOpen = token is null && bool.TryParse(anonymous, out var open) && open;
        var options = new FlowsOptions
        {
            Hosts = hosts,
            Frontend = frontend,
            OtlpGrpc = ReadOtlp(OtlpGrpcSetting, "Flows:Otlp:GrpcUrl", "http://localhost:4317"),
            OtlpHttp = ReadOtlp(OtlpHttpSetting, "Flows:Otlp:HttpUrl", "http://localhost:4318"),
            Followed = followed,
            FollowedApiKey = NotEmpty(configuration["Flows:Dashboard:ApiKey"]),
            BrowserToken = isOpen ? null : token ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
            IsBrowserTokenGenerated = token is null && !isOpen,
            OtlpApiKey = NotEmpty(configuration["Flows:Otlp:PrimaryApiKey"]),
            Processes = ReadProcesses(NotEmpty(configuration["Flows:Processes"]), faults),
            DeadLetters = DeadLetterSettings.Read(configuration, faults),
            Limits = ReadLimits(configuration.GetSection("Flows:Limits"), faults),
        };

        CheckExposure(options, faults);
        return faults.Count == 0 ? options : throw new FlowsConfigurationException(faults);

        ListenAddress? ReadOtlp(string setting, string key, string byDefault) =>
            (NotEmpty(configuration[key]) ?? (followed is null ? byDefault : null)) is { } url
                ? ReadAddress(setting, url, hosts, faults)
                : null;
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string[] ReadHosts(string value, List<string> faults)
    {
        var hosts = Split(value);
        if (Array.Find(hosts, host => Uri.CheckHostName(host) is UriHostNameType.Unknown) is { } wrong)
        {
            faults.Add(
                $"{HostsSetting} has '{wrong}'. Set it to the names by which other machines reach Flows, without scheme and port, "
                + "for example flows.example.com, separated by ';'.");
        }

        return hosts;
    }

    /// <summary>What is convenient on one machine is not safe when others can reach it.</summary>
    private static void CheckExposure(FlowsOptions options, List<string> faults)
    {
        if (options.BrowserToken is null && options.Frontend.FirstOrDefault(address => !address.Url.IsLoopback) is { } pages)
        {
            faults.Add(
                $"{AnonymousSetting} is 'true', but other machines can reach {pages.Setting} '{pages.Url}'. Leave it unset (false).");
        }

        ListenAddress?[] intakes = [options.OtlpGrpc, options.OtlpHttp];
        if (options.OtlpApiKey is null && intakes.FirstOrDefault(address => address?.Url.IsLoopback is false) is { } intake)
        {
            faults.Add(
                $"{OtlpKeySetting} is not set, but other machines can reach {intake.Setting} '{intake.Url}'. Set it to a secret that "
                + "senders send as x-otlp-api-key.");
        }
    }

    private static Uri? ReadFollowed(string? value, List<string> faults)
    {
        if (value is null
            || (
                Uri.TryCreate(value, UriKind.Absolute, out var url)
                && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)))
        {
            return value is null ? null : new Uri(value);
        }

        faults.Add($"{FollowSetting} is '{value}'. Set it to the address of Aspire's dashboard, for example http://localhost:15000.");
        return null;
    }

    private static List<ProcessDeclaration> ReadProcesses(string? folder, List<string> faults)
    {
        if (folder is null || Directory.Exists(folder))
        {
            return folder is null ? [] : ProcessFile.ReadFolder(folder, faults);
        }

        faults.Add($"{ProcessesSetting} is '{folder}', which does not exist. Set it to the folder with the declared processes.");
        return [];
    }

    private static ListenAddress ReadAddress(string setting, string value, string[] hosts, List<string> faults)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
        {
            faults.Add($"{setting} is '{value}'. Set it to an http address of this machine, for example http://localhost:5104.");
            return new ListenAddress(setting, new Uri("http://localhost"));
        }

        if (!url.IsLoopback && hosts.Length == 0)
        {
            faults.Add(
                $"{setting} is '{value}', which other machines can reach. The pages may show secrets: listen at "
                + $"http://localhost:{url.Port}, or set {HostsSetting} to the names by which other machines may reach Flows.");
        }

        return new ListenAddress(setting, url);
    }

    private static TelemetryLimits ReadLimits(IConfigurationSection section, List<string> faults)
    {
        var limits = new TelemetryLimits();
        foreach (var property in typeof(TelemetryLimits).GetProperties())
        {
            if (section[property.Name] is not { } value)
            {
                continue;
            }

            if (!long.TryParse(value, out var number) || number < 1 || (property.PropertyType == typeof(int) && number > int.MaxValue))
            {
                faults.Add($"FLOWS__LIMITS__{property.Name.ToUpperInvariant()} is '{value}'. Set it to a whole number from 1 up.");
                continue;
            }

            property.SetValue(limits, Convert.ChangeType(number, property.PropertyType, provider: null));
        }

        return limits;
    }

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

/// <summary>A setting is wrong; the message says what to change, one line per fault.</summary>
public sealed class FlowsConfigurationException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
