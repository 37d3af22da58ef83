using System.Text.RegularExpressions;

namespace Architecture;

public sealed partial class FileTests
{
    private const int LongestFile = 300;

    /// <summary>The rooms of the house; docs/ARCHITECTURE.md says what each is for.</summary>
    private static readonly string[] TopFolders =
    [
        ".ci", "AppHost", "Basket.Api", "Catalog.Api", "Contracts", "Dashboard", "Embedded", "EventBus", "Ordering.Api", "ServiceDefaults",
        "WebApp", "docs", "tests",
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

    [Fact]
    public void SourceFile_DoesNotAskWhichEngineRunsIt()
    {
        var asking = Sources.Where(file => SourceTree.ReadLines(file).Any(line => EngineCondition().IsMatch(line)));

        Assert.Empty(asking);
    }

    [Fact]
    public void EngineSwitch_IsInTwoFilesOnly()
    {
        var naming = SourceTree.Files
            .Where(file => Path.GetExtension(file) is ".csproj" or ".props" or ".targets")
            .Where(file => SourceTree.Read(file).Contains("$(AspireEngine)", StringComparison.Ordinal));

        Assert.Equal(["Directory.Build.props", "Directory.Build.targets"], naming);
    }

    [Theory]
    [MemberData(nameof(LaunchSettings))]
    public void LaunchSettings_ListenOnLoopbackOnly(string file) =>
        Assert.All(Addresses.In(file), address => Assert.True(address.IsLoopback, $"{file} listens on {address}."));

    [GeneratedRegex(@"^\s*#(el)?if\b.*(ASPIRE|EMBEDDED|ENGINE)", RegexOptions.IgnoreCase)]
    private static partial Regex EngineCondition();
}
