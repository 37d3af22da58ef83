namespace Architecture;

public sealed class FileTests
{
    private const int LongestFile = 300;

    /// <summary>docs/ARCHITECTURE.md says what each is for.</summary>
    private static readonly string[] TopFolders =
    [
        ".ci", "AppHost", "Basket.Api", "Catalog.Api", "Contracts", "Dashboard", "EventBus", "EventBus.Postgres", "EventBus.RabbitMq",
        "EventBus.Redis", "EventBus.Testing", "Hosting.Processes", "Ordering.Api", "ServiceDefaults", "WebApp", "deploy", "docs", "tests",
    ];

    public static TheoryData<string> LaunchSettings => [.. Addresses.LaunchSettings];

    private static IEnumerable<string> Sources =>
        SourceTree.Files.Where(file => Path.GetExtension(file) is ".cs" or ".css" or ".js" or ".mjs" or ".proto" or ".razor");

    [Fact]
    public void TopLevel_HasOnlyTheFoldersOfTheMap() =>
        Assert.Equal(TopFolders, SourceTree.TopFolders.Order(StringComparer.Ordinal));

    [Fact]
    public void SourceFile_IsNoLongerThanOneThing()
    {
        var tooLong = Sources
            .Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(file => (File: file, Lines: SourceTree.ReadLines(file).Length))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.File} has {file.Lines} lines");

        Assert.Empty(tooLong);
    }

    [Theory]
    [MemberData(nameof(LaunchSettings))]
    public void LaunchSettings_ListenOnLoopbackOnly(string file) =>
        Assert.All(Addresses.In(file), address => Assert.True(address.IsLoopback, $"{file} listens on {address}."));
}
