namespace Flows.DeadLetters;

/// <summary>Where Flows reads dead letters, and the token that it sends (section <c>Flows:DeadLetters</c>).</summary>
/// <param name="Sources"><c>FLOWS__DEADLETTERS__SOURCES__0__NAME</c> and <c>…__URL</c>, and so on. Default: none.</param>
/// <param name="Token"><c>FLOWS__DEADLETTERS__TOKEN</c>: sent as bearer token. Default: null, none is sent.</param>
public sealed record DeadLetterSettings(IReadOnlyList<DeadLetterSource> Sources, string? Token)
{
    private const string Section = "Flows:DeadLetters";

    /// <summary>Adds a fault, with the name of the setting, its value and the correction, for each wrong one.</summary>
    public static DeadLetterSettings Read(IConfiguration configuration, List<string> faults)
    {
        var sources = configuration.GetSection($"{Section}:Sources").GetChildren()
            .Select(source => ReadSource(source, faults))
            .OfType<DeadLetterSource>()
            .ToList();
        foreach (var same in sources.GroupBy(source => source.Name).Where(same => same.Count() > 1))
        {
            faults.Add($"FLOWS__DEADLETTERS__SOURCES has {same.Count()} sources named '{same.Key}'. Give each source a name of its own.");
        }

        var token = configuration[$"{Section}:Token"]?.Trim();
        if (token?.Any(letter => letter is <= ' ' or > '~') is true)
        {
            faults.Add("FLOWS__DEADLETTERS__TOKEN contains a character that a header cannot have. Set it to the token without 'Bearer '.");
        }

        return new DeadLetterSettings(sources, token is { Length: > 0 } ? token : null);
    }

    private static DeadLetterSource? ReadSource(IConfigurationSection section, List<string> faults)
    {
        var (name, address) = (section["Name"]?.Trim(), section["Url"]);
        var setting = $"FLOWS__DEADLETTERS__SOURCES__{section.Key}";
        if (name is not { Length: > 0 })
        {
            faults.Add($"{setting}__NAME is '{name}'. Set it to the name of the service, for example catalog-api.");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            faults.Add(
                $"{setting}__URL is '{address}'. Set it to the address of the service's dead letters, "
                + "for example http://localhost:5101/api/dead-letters/catalog-api.");
            return null;
        }

        return name is { Length: > 0 } ? new DeadLetterSource(name, url) : null;
    }
}
