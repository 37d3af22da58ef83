using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

[assembly: AssemblyFixture(typeof(Embedded.Tests.Hosting.Whole))]

namespace Embedded.Tests.Hosting;

/// <summary>One application with everything in it, started once for all tests that only look at it.</summary>
public sealed class Whole : IAsyncLifetime
{
    public const string Said = "the probe was told";

    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create("Parameters:given=from-configuration");

    public static string ProbeProject { get; } = Path.GetFullPath(Path.Combine(
        typeof(Whole).Assembly.Location, "../../../../../EngineProbe/EngineProbe.csproj"));

    /// <summary>What was built of it, in the configuration of these tests.</summary>
    public static string ProbeAssembly { get; } = Path.GetFullPath(Path.Combine(
        ProbeProject, "../bin", Path.GetRelativePath(Path.GetFullPath(Path.Combine(typeof(Whole).Assembly.Location, "../../..")), Path.GetDirectoryName(typeof(Whole).Assembly.Location)!), "EngineProbe.dll"));

    public DistributedApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var deadline = TestContext.Current.CancellationToken;
        var database = _builder.AddPostgres("postgres").AddDatabase("shop-db", "shop \"data\"");
        var broker = _builder.AddRabbitMQ("messaging").WithManagementPlugin();
        var store = _builder.AddRedis("store").WithArgs("--appendonly", "yes");
        var given = _builder.AddParameter("given");
        var secret = _builder.AddParameter("secret", "a-secret-that-nobody-sees", secret: true);

        var twins = _builder.AddProject("twins", ProbeProject).WithReplicas(2).WithHttpHealthCheck("/health");
        _builder.AddProject("probe", ProbeProject)
            .WithReference(database).WaitFor(database)
            .WithReference(broker).WaitFor(broker)
            .WithReference(store).WaitFor(store)
            .WithReference(twins).WaitForStart(twins)
            .WithReference("outside", new Uri("https://example.org"))
            .WithReference(database, "renamed")
            .WithEnvironment("PLAIN", "plain")
            .WithEnvironment("LATER", () => "later")
            .WithEnvironment("GIVEN", given)
            .WithEnvironment("SECRET", secret)
            .WithEnvironment("MIXED", $"{given}@{twins.GetEndpoint("http").Property(EndpointProperty.Port)}/{secret:uri}")
            .WithEnvironment("TWINS", twins.GetEndpoint("http"))
            .WithEnvironment("STORE", store)
            .WithEnvironment("OVERRIDDEN", "model")
            .WithEnvironment(context => context.EnvironmentVariables["CALLED"] = context.Resource.Name)
            .WithArgs("--first", "one two")
            .WithHttpHealthCheck("/health")
            .WithUrlForEndpoint("http", url => url.DisplayText = "Probe")
            .WithCommand("greet", "Greet", context => Task.FromResult(CommandResults.Success($"Hello from {context.ResourceName}")))
            .WithHttpCommand($"/say?text={Uri.EscapeDataString(Said)}", "Say", commandName: "say")
            .WithHttpCommand("/folder", "Folder", commandName: "folder", commandOptions: new HttpCommandOptions
            {
                Method = HttpMethod.Get,
                ResultMode = HttpCommandResultMode.Auto,
                Visibility = ResourceCommandVisibility.Api,
            })
            .WithHttpCommand("/arguments", "Arguments", () => _builder.Resources.OfType<ProjectResource>().Single(app => app.Name == "probe").GetEndpoint("http"),
                "arguments", new HttpCommandOptions
                {
                    PrepareRequest = context =>
                    {
                        context.Request.Method = HttpMethod.Get;
                        return Task.CompletedTask;
                    },
                    GetCommandResult = async context => CommandResults.Success("read", await context.Response.Content.ReadAsStringAsync(context.CancellationToken)),
                });

        App = await _builder.BuildAsync(deadline);
        await App.StartAsync(deadline);
        await App.ResourceNotifications.WaitForResourceHealthyAsync("probe", deadline).WaitAsync(TimeSpan.FromMinutes(2), deadline);
    }

    public async ValueTask DisposeAsync() => await _builder.DisposeAsync();
}
