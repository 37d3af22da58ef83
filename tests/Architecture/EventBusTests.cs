using System.Reflection;
using System.Text.RegularExpressions;
using EventBus;

namespace Architecture;

/// <summary>The core of the bus depends on no vendor, and the dependencies between its folders have no circles.</summary>
public sealed partial class EventBusTests
{
    private static readonly string[] Vendors = ["Azure.", "Microsoft.EntityFrameworkCore", "Npgsql", "RabbitMQ.", "StackExchange.Redis"];

    /// <summary>The client library of a broker, and the only project that may reference it.</summary>
    public static TheoryData<string, string> BrokerClients =>
        new()
        {
            { "RabbitMQ.Client", "EventBus.RabbitMq" },
            { "Aspire.RabbitMQ.Client", "EventBus.RabbitMq" },
            { "Azure.Messaging.ServiceBus", "EventBus.AzureServiceBus" },
        };

    /// <summary>The beginnings of the packages that a project of the bus may reference; one without a row references none.</summary>
    private static readonly Dictionary<string, string[]> VendorsOf = new()
    {
        ["EventBus.AzureServiceBus"] = ["Azure.", "Microsoft.Azure.Amqp"],
        ["EventBus.Postgres"] = ["Microsoft.EntityFrameworkCore", "Npgsql"],
        ["EventBus.RabbitMq"] = ["Aspire.RabbitMQ.Client", "RabbitMQ.Client"],
        ["EventBus.Redis"] = ["StackExchange.Redis"],
    };

    private static IEnumerable<string> AppProjects => SourceTree.Projects.Where(project => SourceTree.TopFolderOf(project) != "tests");

    [Fact]
    public void Core_References_NoVendor()
    {
        var references = typeof(EventBusBuilder).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

        Assert.DoesNotContain(references, name => Vendors.Any(vendor => name.StartsWith(vendor, StringComparison.Ordinal)));
        Assert.Empty(SourceTree.Items("EventBus/EventBus.csproj", "PackageReference"));
    }

    [Theory]
    [MemberData(nameof(BrokerClients))]
    public void ClientOfABroker_IsReferenced_OnlyByItsTransport(string package, string transport) => Assert.Equal(
        [$"{transport}/{transport}.csproj"],
        AppProjects.Where(project => SourceTree.Items(project, "PackageReference").Contains(package)));

    [Fact]
    public void EachProjectOfTheBus_References_OnlyItsOwnVendor()
    {
        var projects = AppProjects.Where(project => SourceTree.NameOf(project).StartsWith("EventBus", StringComparison.Ordinal)).ToArray();
        Assert.Superset(VendorsOf.Keys.ToHashSet(), projects.Select(SourceTree.NameOf).ToHashSet());

        Assert.Empty(
            from project in projects
            let vendors = VendorsOf.GetValueOrDefault(SourceTree.NameOf(project), [])
            from package in SourceTree.Items(project, "PackageReference")
            where !vendors.Any(vendor => package.StartsWith(vendor, StringComparison.Ordinal))
            select $"{project} references {package}");
    }

    [Fact]
    public void Folders_OfTheCore_HaveNoCircles()
    {
        var dependencies = SourceTree.Files
            .Where(file => file.StartsWith("EventBus/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => file.Count(letter => letter == '/') == 2)
            .GroupBy(file => file.Split('/')[1])
            .ToDictionary(
                folder => folder.Key, folder => folder.SelectMany(DependenciesOf).Distinct().Where(used => used != folder.Key).ToArray());
        Assert.Contains("Outbox", dependencies["Upkeep"]);

        // A folder that depends only on sorted folders is added to them. The folders that remain are part of a circle.
        var sorted = new HashSet<string>();
        while (dependencies.FirstOrDefault(folder => !sorted.Contains(folder.Key) && folder.Value.All(sorted.Contains)).Key is { } next)
        {
            sorted.Add(next);
        }

        Assert.Empty(
            dependencies.Where(folder => !sorted.Contains(folder.Key))
                .Select(folder => $"{folder.Key} uses {string.Join(", ", folder.Value)}"));
    }

    /// <summary>A transport outside this repository can be written, because all types of the contract are public.</summary>
    [Fact]
    public void TransportContract_IsPublic_WithEverythingItNames()
    {
        var contract = typeof(EventBusBuilder).Assembly.GetType("EventBus.Transport.ITransport", throwOnError: true)!;
        Type[] types =
            [contract, .. contract.GetMethods().SelectMany(NamedBy).SelectMany(type => type.GetGenericArguments().Append(type)).Distinct()];

        Assert.All(types, type => Assert.True(type.IsVisible, $"{type} is not public."));
    }

    // The build rejects unused usings, so these lines are exactly the dependencies.
    private static IEnumerable<string> DependenciesOf(string file) =>
        UsedFolder().Matches(SourceTree.Read(file)).Select(match => match.Groups[1].Value);

    private static IEnumerable<Type> NamedBy(MethodInfo method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType);

    [GeneratedRegex(@"^using EventBus\.(\w+);", RegexOptions.Multiline)]
    private static partial Regex UsedFolder();
}
