using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace AppHost.Tests.Deployment;

/// <summary>deploy/compose.yaml runs the same servers and apps as AppHost.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Unprivileged = ["postgres", "rabbitmq", "redis"];

    [Fact]
    public async Task Servers_AreTheImagesOfAppHost()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Servers=containers"], TestContext.Current.CancellationToken);
        var services = Read().Services;

        foreach (var container in builder.Resources.Where(resource => resource.IsContainer()))
        {
            var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
            var service = services[container.Name];

            Assert.EndsWith($":-{image.Image!["library/".Length..]}:{image.Tag}}}", service.Image, StringComparison.Ordinal);
            Assert.Contains(service.User, Unprivileged);
        }
    }

    [Fact]
    public async Task Postgres_AcceptsAsManyConnectionsAsInAppHost()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Servers=containers"], TestContext.Current.CancellationToken);
        CommandLineArgsCallbackContext arguments = new([]);
        foreach (var callback in builder.Resources.Single(resource => resource.Name == "postgres")
            .Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(arguments);
        }

        Assert.Equal(["postgres", .. arguments.Args.Select(argument => $"{argument}")], Read().Services["postgres"].Command);
    }

    [Theory]
    [InlineData("catalog-api", "catalogdb")]
    [InlineData("ordering-api", "orderingdb")]
    [InlineData("basket-api", "basketstore")]
    [InlineData("webapp", "identitydb", "cache", "mail")]
    public void Apps_GetTheirConnectionStringsAsSecrets(string app, params string[] servers)
    {
        var secrets = Read().Services[app].Secrets.Select(NamesOf)
            .Where(secret => secret.Target.StartsWith("ConnectionStrings__", StringComparison.Ordinal));

        Assert.Equal(
            servers.Select(server => ($"ConnectionStrings__{server}", $"ConnectionStrings__{server}"))
                .Append(($"ConnectionStrings__messaging.{app}", "ConnectionStrings__messaging")).Order(),
            secrets.Order());
    }

    [Fact]
    public void PasswordsOfServers_ReachNoApp()
    {
        var services = Read().Services.Values.ToLookup(service => service.User.Length > 0);
        var (servers, apps) = (services[true], services[false]);
        var passwords = servers.SelectMany(server => server.Secrets).Select(secret => NamesOf(secret).Source).ToHashSet();

        Assert.Contains("postgres-password", passwords);
        Assert.All(apps, app => Assert.DoesNotContain(app.Secrets, secret => passwords.Contains(NamesOf(secret).Source)));
    }

    [Fact]
    public async Task BrokerAndItsDefinitions_NameTheSameAccounts()
    {
        var stop = TestContext.Current.CancellationToken;
        var script = await File.ReadAllTextAsync(Repository.PathOf("deploy", "rabbitmq-start.sh"), stop);
        var definitions = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("deploy", "rabbitmq-definitions.json"), stop))!;
        var accounts = definitions["permissions"]!.AsArray().Select(permission => (string)permission!["user"]!).ToArray();

        Assert.Equal(4, accounts.Length);
        Assert.All(accounts, account => Assert.Contains($" {account}", script, StringComparison.Ordinal));
        Assert.All(accounts, account => Assert.Contains(
            Read().Services["messaging"].Secrets, secret => NamesOf(secret).Source == $"messaging-{account}-password"));
    }

    [Fact]
    public void Everything_IsReadOnlyAndWithoutPrivileges()
    {
        Assert.All(Read().Services.Values, service =>
        {
            Assert.True(service.ReadOnly);
            Assert.Equal(["ALL"], service.CapDrop);
            Assert.NotNull(service.Healthcheck);
        });
    }

    [Fact]
    public void OnlyWebApp_HasAPublicPort_OnLoopback()
    {
        var published = Assert.Single(Read().Services, service => service.Value.Ports.Count > 0);

        Assert.Equal("webapp", published.Key);
        Assert.All(published.Value.Ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("catalog-api", "catalog-api")]
    [InlineData("ordering-api", "ordering-api")]
    [InlineData("basket-api", "basket-api")]
    [InlineData("webapp", "${SHOP_HOSTS:-localhost}")]
    public void Apps_AnswerToTheNamesThatTheyAreCalledBy(string app, string expected) =>
        Assert.Equal(expected, Read().Services[app].Environment["AllowedHosts"]);

    // name, or { source: name, target: file }
    private static (string Source, string Target) NamesOf(object secret) => secret is IDictionary<object, object> mounted
        ? ((string)mounted["source"], (string)mounted["target"])
        : ((string)secret, (string)secret);

    private static ComposeFile Read()
    {
        using var file = File.OpenText(Repository.PathOf("deploy", "compose.yaml"));
        return new DeserializerBuilder()
            .WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<ComposeFile>(new MergingParser(new Parser(file)));
    }

    private sealed class ComposeFile
    {
        public Dictionary<string, Service> Services { get; set; } = [];
    }

    private sealed class Service
    {
        public string Image { get; set; } = "";

        public string User { get; set; } = "";

        public List<string> Command { get; set; } = [];

        public bool ReadOnly { get; set; }

        public List<string> CapDrop { get; set; } = [];

        public List<object> Secrets { get; set; } = [];

        public Dictionary<string, string> Environment { get; set; } = [];

        public List<string> Ports { get; set; } = [];

        public object? Healthcheck { get; set; }
    }
}
