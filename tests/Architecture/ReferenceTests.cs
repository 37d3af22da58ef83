using System.Text.RegularExpressions;

namespace Architecture;

public sealed partial class ReferenceTests
{
    private static readonly string[] OfAnAppOnPostgres = ["Contracts", "EventBus", "EventBus.Postgres", "ServiceDefaults"];

    public static TheoryData<string, string[]> Allowed => new()
    {
        {
            "AppHost/AppHost.csproj",
            [
                "Basket.Api", "Catalog.Api", "Flows", "Hosting.Flows", "Hosting.Processes", "LoadGenerator", "MailSink", "Ordering.Api",
                "WebApp",
            ]
        },
        { "Basket.Api/Basket.Api.csproj", ["Contracts", "EventBus", "EventBus.Redis", "ServiceDefaults"] },
        { "Catalog.Api/Catalog.Api.csproj", OfAnAppOnPostgres },
        { "Ordering.Api/Ordering.Api.csproj", OfAnAppOnPostgres },
        { "WebApp/WebApp.csproj", OfAnAppOnPostgres },
        { "Contracts/Contracts.csproj", [] },
        { "Flows.Testing/Flows.Testing.csproj", [] },
        { "Flows/Flows.csproj", [] },
        { "EventBus.AzureServiceBus/EventBus.AzureServiceBus.csproj", ["EventBus"] },
        { "EventBus.Faults/EventBus.Faults.csproj", ["EventBus"] },
        { "EventBus.Postgres/EventBus.Postgres.csproj", ["EventBus"] },
        { "EventBus.RabbitMq/EventBus.RabbitMq.csproj", ["EventBus"] },
        { "EventBus.Redis/EventBus.Redis.csproj", ["EventBus"] },
        { "EventBus.Testing/EventBus.Testing.csproj", ["EventBus"] },
        { "EventBus/EventBus.csproj", [] },
        { "Hosting.Flows/Hosting.Flows.csproj", [] },
        { "Hosting.Processes/Hosting.Processes.csproj", [] },
        { "MailSink/MailSink.csproj", ["ServiceDefaults"] },
        { "ServiceDefaults/ServiceDefaults.csproj", ["EventBus", "EventBus.AzureServiceBus", "EventBus.Faults", "EventBus.RabbitMq"] },
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

    // Basket's replica polls Catalog's change feed in the background; no request waits for it.
    private const string ReadsTheChangeFeed = "Basket.Api/Products/ProductSetup.cs";

    [Theory]
    [MemberData(nameof(EachApiAndEachOther))]
    public void Api_Sources_NameNoAddressOfAnotherApi(string api, string other)
    {
        var resource = other.ToLowerInvariant().Replace('.', '-');
        string[] forbidden = [resource, .. Addresses.Of(other).Select(address => $":{address.Port}")];

        var found = SourceTree.Files
            .Where(file => SourceTree.TopFolderOf(file) == api)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".json" or ".proto")
            .Where(file => file != ReadsTheChangeFeed)
            .Where(file => forbidden.Any(word => WithoutRequiredConsumers(file).Contains(word, StringComparison.OrdinalIgnoreCase)));

        Assert.Empty(found);
    }

    /// <summary>A required consumer's queue has the name of its service, but is no address.</summary>
    private static string WithoutRequiredConsumers(string file) => RequiredBy().Replace(SourceTree.Read(file), "");

    /// <summary>ServiceDefaults does it in turns, so that replicas that start together do not disturb each other.</summary>
    [Fact]
    public void Tables_AreCreated_OnlyByTheMigrationOfServiceDefaults()
    {
        string[] creates = [".MigrateAsync(", ".Migrate(", ".EnsureCreatedAsync(", ".EnsureCreated("];

        var found = SourceTree.Files
            .Where(file => SourceTree.TopFolderOf(file) != "tests" && Path.GetExtension(file) is ".cs")
            .Where(file => creates.Any(call => SourceTree.Read(file).Contains(call, StringComparison.Ordinal)));

        Assert.Equal(["ServiceDefaults/Migrations/Migration.cs"], found);
    }

    [Fact]
    public void Solution_Lists_EveryProject()
    {
        var solution = SourceTree.Read("Shop.sln").Replace('\\', '/');

        Assert.All(SourceTree.Projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [GeneratedRegex("""requiredBy: \[[^\]]*\]""")]
    private static partial Regex RequiredBy();
}
