using System.Text.RegularExpressions;

namespace Architecture;

public sealed partial class ReferenceTests
{
    private static readonly string[] OfAnApp = ["Contracts", "EventBus", "ServiceDefaults"];

    public static TheoryData<string, string[]> Allowed => new()
    {
        { "AppHost/AppHost.csproj", ["Basket.Api", "Catalog.Api", "Dashboard", "Hosting.Processes", "Ordering.Api", "WebApp"] },
        { "Basket.Api/Basket.Api.csproj", OfAnApp },
        { "Catalog.Api/Catalog.Api.csproj", OfAnApp },
        { "Ordering.Api/Ordering.Api.csproj", OfAnApp },
        { "WebApp/WebApp.csproj", OfAnApp },
        { "Contracts/Contracts.csproj", [] },
        { "Dashboard/Dashboard.csproj", [] },
        { "EventBus/EventBus.csproj", [] },
        { "Hosting.Processes/Hosting.Processes.csproj", [] },
        { "ServiceDefaults/ServiceDefaults.csproj", [] },
    };

    public static TheoryData<string, string> EachApiAndEachOther => new(
        from api in Apis
        from other in Apis
        where api != other
        select (api, other));

    private static string[] Apis => ["Basket.Api", "Catalog.Api", "Ordering.Api"];

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Project_References_OnlyWhatItMay(string project, string[] allowed) =>
        Assert.Equal(allowed, SourceTree.ReferencesOf(project));

    [Fact]
    public void EveryAppProject_HasItsRowAbove()
    {
        var known = Allowed.Select(row => row.Data.Item1).Order(StringComparer.Ordinal);

        Assert.Equal(SourceTree.Projects.Where(project => SourceTree.TopFolderOf(project) != "tests"), known);
    }

    [Theory]
    [MemberData(nameof(EachApiAndEachOther))]
    public void Api_Sources_NameNoAddressOfAnotherApi(string api, string other)
    {
        var resource = other.ToLowerInvariant().Replace('.', '-');
        string[] forbidden = [resource, .. Addresses.Of(other).Select(address => $":{address.Port}")];

        var found = SourceTree.Files
            .Where(file => SourceTree.TopFolderOf(file) == api)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".json" or ".proto")
            .Where(file => forbidden.Any(word => WithoutAwaited(file).Contains(word, StringComparison.OrdinalIgnoreCase)));

        Assert.Empty(found);
    }

    /// <summary>The queue that an event must not miss has its service's name; nobody can be called by it.</summary>
    private static string WithoutAwaited(string file) => AwaitedBy().Replace(SourceTree.Read(file), "");

    [Fact]
    public void Solution_Lists_EveryProject()
    {
        var solution = SourceTree.Read("Shop.sln").Replace('\\', '/');

        Assert.All(SourceTree.Projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [GeneratedRegex("""awaitedBy: \[[^\]]*\]""")]
    private static partial Regex AwaitedBy();
}
