using System.Text.Json.Nodes;

namespace Architecture;

/// <summary>Where launch settings let apps listen.</summary>
internal static class Addresses
{
    public static IEnumerable<string> LaunchSettings =>
        SourceTree.Files.Where(file => file.EndsWith("/launchSettings.json", StringComparison.Ordinal));

    public static IEnumerable<Uri> Of(string app) => In($"{app}/Properties/launchSettings.json");

    public static IEnumerable<Uri> In(string launchSettings) =>
        from profile in JsonNode.Parse(SourceTree.Read(launchSettings))!["profiles"]!.AsObject()
        let urls = (string?)profile.Value!["applicationUrl"]
        where urls is not null
        from url in urls.Split(';')
        select new Uri(url);
}
