namespace Architecture;

public sealed class FileTests
{
    private const int LongestFile = 300;
    private const int LongestLine = 140;

    /// <summary>docs/ARCHITECTURE.md describes each of them.</summary>
    private static readonly string[] TopFolders =
    [
        ".ci", ".devcontainer", ".github", "AppHost", "Basket.Api", "Catalog.Api", "Contracts", "EventBus", "EventBus.AzureServiceBus",
        "EventBus.Faults", "EventBus.Postgres", "EventBus.RabbitMq", "EventBus.Redis", "EventBus.Testing", "Flows", "Flows.Testing",
        "Hosting.Flows", "Hosting.Processes", "MailSink", "Ordering.Api", "ServiceDefaults", "WebApp", "deploy", "docs", "tests",
    ];

    public static TheoryData<string> LaunchSettings => [.. Addresses.LaunchSettings];

    // WebApp's build joins the style sheets in it.
    private const string GeneratedStyles = "WebApp/wwwroot/css/shop.css";

    /// <summary>All source files except generated ones and libraries of others.</summary>
    private static IEnumerable<string> Sources => SourceTree.Files
        .Where(file => Path.GetExtension(file) is ".cs" or ".css" or ".js" or ".mjs" or ".proto" or ".razor")
        .Where(file => file != GeneratedStyles && !file.Contains("/Migrations/", StringComparison.Ordinal))
        .Where(file => !file.Contains("/lib/", StringComparison.Ordinal));

    [Fact]
    public void TopLevel_HasOnlyTheFoldersOfTheMap() =>
        Assert.Equal(TopFolders, SourceTree.TopFolders.Order(StringComparer.Ordinal));

    [Fact]
    public void SourceFile_IsNoLongerThan300Lines()
    {
        var tooLong = Sources
            .Select(file => (File: file, Lines: SourceTree.ReadLines(file).Length))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.File} has {file.Lines} lines");

        Assert.Empty(tooLong);
    }

    /// <summary>The path data of drawings has no words to break at.</summary>
    [Fact]
    public void SourceLine_IsNoLongerThan140Characters() => Assert.Empty(
        from file in Sources
        where !file.StartsWith("Catalog.Api/Seed/Drawing/", StringComparison.Ordinal)
        from line in SourceTree.ReadLines(file).Index()
        where line.Item.Length > LongestLine
        select $"{file}:{line.Index + 1} has {line.Item.Length} characters");

    [Theory]
    [MemberData(nameof(LaunchSettings))]
    public void LaunchSettings_ListenOnLoopbackOnly(string file) =>
        Assert.All(Addresses.In(file), address => Assert.True(address.IsLoopback, $"{file} listens on {address}."));
}
