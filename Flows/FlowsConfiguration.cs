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

    /// <exception cref="FlowsConfigurationException">At least one setting is wrong.</exception>
    public static FlowsOptions Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var frontend = (NotEmpty(configuration["URLS"]) ?? "http://localhost:5104")
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(url => ReadAddress(FrontendSetting, url, faults))
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

        return faults.Count == 0 ? options : throw new FlowsConfigurationException(faults);

        ListenAddress? ReadOtlp(string setting, string key, string byDefault) =>
            (NotEmpty(configuration[key]) ?? (followed is null ? byDefault : null)) is { } url ? ReadAddress(setting, url, faults) : null;
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

    private static ListenAddress ReadAddress(string setting, string value, List<string> faults)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
        {
            faults.Add($"{setting} is '{value}'. Set it to an http address of this machine, for example http://localhost:5104.");
            return new ListenAddress(setting, new Uri("http://localhost"));
        }

        if (!url.IsLoopback)
        {
            faults.Add(
                $"{setting} is '{value}', which other machines can reach. "
                + $"The pages may show secrets: listen at http://localhost:{url.Port}.");
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
