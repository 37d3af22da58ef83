using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Servers;

[assembly: AssemblyFixture(typeof(Security.RunningShop))]

namespace Security;

/// <summary>An endpoint of a running app.</summary>
/// <param name="Pattern">Its route.</param>
/// <param name="Methods">Empty: all.</param>
/// <param name="TakesForm">Its body is a form.</param>
public sealed record RunningEndpoint(string Pattern, IReadOnlyList<string> Methods, bool TakesForm);

/// <summary>The whole system, started once from AppHost with empty servers. Its apps write a list of their endpoints.</summary>
public sealed class RunningShop : IAsyncLifetime
{
    public const string AdminPassword = "Guarded-by-tests-of-security-1";
    public static readonly string[] Services = ["catalog-api", "basket-api", "ordering-api", "webapp"];
    public static readonly string[] Apps = [.. Services, "flows"];

    /// <summary>Those whose endpoints are in the authorization table.</summary>
    public static readonly string[] AppsWithEndpoints = [.. Apps, "mail-sink"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNameCaseInsensitive = true };

    private readonly DirectoryInfo _lists = Directory.CreateTempSubdirectory("shop-endpoints");
    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The shop is not started.");

    public Uri Gateway => AddressOf("webapp");

    public Uri AddressOf(string app) => App.GetEndpoint(app, "http");

    public async ValueTask InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Volumes=false", $"--Parameters:admin-password={AdminPassword}"],
            // Flows follows Aspire's dashboard.
            (options, _) => options.DisableDashboard = false,
            deadline.Token);
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToArray())
        {
            builder.CreateResourceBuilder(project)
                .WithEnvironment("DOTNET_STARTUP_HOOKS", typeof(RunningShop).Assembly.Location)
                .WithEnvironment(StartupHook.FileVariable, ListOf(project.Name));
        }

        _app = await builder.BuildAsync(deadline.Token);
        await _app.StartAsync(deadline.Token);
        await Task.WhenAll(
            from resource in AppsWithEndpoints.Append("messaging")
            select _app.ResourceNotifications.WaitForResourceHealthyAsync(resource, deadline.Token));
    }

    public async Task<IReadOnlyList<RunningEndpoint>> EndpointsOfAsync(string app, CancellationToken cancellationToken)
    {
        await using var list = File.OpenRead(ListOf(app));
        return (await JsonSerializer.DeserializeAsync<List<RunningEndpoint>>(list, Json, cancellationToken))!;
    }

    /// <summary>What somebody has who can read the memory of a service: the environment of its process.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(string app)
    {
        // Aspire's orchestrator starts the program itself.
        var process = App.ProcessIdOf(NameOf(app)) ?? throw new InvalidOperationException($"'{app}' has no process.");
        return File.ReadAllText($"/proc/{process}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .ToDictionary(variable => variable[0], variable => variable[1]);
    }

    /// <summary>The administrator's connection string of a server.</summary>
    public async Task<string?> ConnectionStringOfAsync(string server, CancellationToken cancellationToken) =>
        await App.GetConnectionStringAsync(server, cancellationToken);

    /// <summary>The values of AppHost's secret parameters, by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SecretsAsync(CancellationToken cancellationToken)
    {
        var secrets = new Dictionary<string, string>();
        foreach (var parameter in ModelOf<ParameterResource>().Where(parameter => parameter.Secret))
        {
            secrets[parameter.Name] = (await parameter.GetValueAsync(cancellationToken))!;
        }

        return secrets;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _lists.Delete(recursive: true);
    }

    private IEnumerable<T> ModelOf<T>() => ((DistributedApplicationModel)App.Services.GetService(typeof(DistributedApplicationModel))!)
        .Resources.OfType<T>();

    private string ListOf(string app) => Path.Combine(_lists.FullName, $"{app}.json");

    private string NameOf(string app) => ModelOf<IResource>().Single(resource => resource.Name == app).Name;
}
