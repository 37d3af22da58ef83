using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ProjectTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LaunchProfile_OfTheMetadata_IsWhatTheAppGets()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--AppHost:DefaultLaunchProfileName=secure");
        var app = builder.AddProject<App>("app");

        var variables = await builder.EnvironmentOfAsync(app.Resource);
        var (http, https) = (app.GetEndpoint("http"), app.GetEndpoint("https"));

        Assert.Equal((5001, 5002, true), (http.EndpointAnnotation.Port, https.EndpointAnnotation.Port, https.TlsEnabled));
        Assert.Equal(("secure", "Development"), (variables["DOTNET_LAUNCH_PROFILE"], variables["ASPNETCORE_ENVIRONMENT"]));
        Assert.Equal(["--quiet", "two words"], await builder.ArgumentsOfAsync(app.Resource));
        var urls = await builder.UrlsOfAsync(app.Resource, new ResourceUrlAnnotation { Url = "http://localhost:5001", Endpoint = http });
        Assert.Equal("http://localhost:5001/scalar", urls.Single().Url);
    }

    [Fact]
    public async Task SettingsOfTheRuntime_GiveWayToTheModel()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddProject<App>("app").WithEnvironment("DOTNET_EnableWriteXorExecute", "1");

        Assert.Equal("1", (await builder.EnvironmentOfAsync(app.Resource))["DOTNET_EnableWriteXorExecute"]);
    }

    [Theory]
    [InlineData("by argument")]
    [InlineData("by options")]
    [InlineData("by path")]
    [InlineData("by path and options")]
    public async Task LaunchProfile_Named_IsTaken(string way)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = way switch
        {
            "by argument" => builder.AddProject<App>("app", "plain"),
            "by options" => builder.AddProject<App>("app", options => options.LaunchProfileName = "plain"),
            "by path" => builder.AddProject("app", Whole.ProbeProject, "http"),
            _ => builder.AddProject("app", Whole.ProbeProject, options => options.LaunchProfileName = "http"),
        };

        var profile = (await builder.EnvironmentOfAsync(app.Resource))["DOTNET_LAUNCH_PROFILE"];

        Assert.Equal(way.Contains("path", StringComparison.Ordinal) ? "http" : "plain", profile);
    }

    [Fact]
    public async Task LaunchProfile_Excluded_LeavesNoEndpointAndNoVariable()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddProject<App>("app", options =>
        {
            Assert.Equal((null, false, false), (options.LaunchProfileName, options.ExcludeLaunchProfile, options.ExcludeKestrelEndpoints));
            options.ExcludeLaunchProfile = true;
        });

        Assert.Empty(app.Resource.GetEndpoints());
        Assert.DoesNotContain("DOTNET_LAUNCH_PROFILE", (await builder.EnvironmentOfAsync(app.Resource)).Keys);
        var unknown = Assert.Throws<DistributedApplicationException>(() => builder.AddProject<App>("other", options => options.LaunchProfileName = "absent"));
        Assert.Contains("no profile 'absent'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KestrelEndpoints_InAppsettings_AreRefusedUnlessExcluded()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "App.csproj");
        File.WriteAllText(project, "<Project />");
        File.WriteAllText(Path.Combine(folder.Path, "appsettings.json"), """{ "Kestrel": { "Endpoints": { "own": { "Url": "http://*:1" } } } }""");
        using var builder = DistributedApplicationTestingBuilder.Create();

        var refused = Assert.Throws<DistributedApplicationException>(() => builder.AddProject("app", project));
        builder.AddProject("app", project, options => options.ExcludeKestrelEndpoints = true);

        Assert.Contains("ExcludeKestrelEndpoints", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_Project_HasWhatWasChosen()
    {
        var resources = await Published.ResourcesAsync(builder =>
        {
            builder.AddProject<App>("usual");
            builder.AddProject<App>("distrusting").DisableForwardedHeaders();
            builder.AddProject<App>("untold").WithEndpointsInEnvironment(endpoint => endpoint.Name != "http");
        });

        Assert.Equal(("true", "{usual.bindings.http.targetPort}"), (
            resources.Text("usual.env.ASPNETCORE_FORWARDEDHEADERS_ENABLED"), resources.Text("usual.env.HTTP_PORTS")));
        Assert.Null(resources.Text("distrusting.env.ASPNETCORE_FORWARDEDHEADERS_ENABLED"));
        Assert.Null(resources.Text("untold.env.HTTP_PORTS"));
    }

    [Fact]
    public async Task Endpoints_InTheEnvironment_AreTheChosenOnes()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddProject<App>("app", "secure").WithEndpointsInEnvironment(endpoint => endpoint.UriScheme == "https");

        var urls = Assert.IsType<ReferenceExpression>((await builder.EnvironmentOfAsync(app.Resource))["ASPNETCORE_URLS"]);

        Assert.Equal("https://localhost:{app.bindings.https.targetPort}", urls.ValueExpression);
    }

    [Fact]
    public async Task Project_AddedByHand_IsNotStartedWithoutItsFile()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddResource(new ProjectResource("bare"));
        builder.AddResource(new ProjectResource("unbuilt")).WithAnnotation(new App());
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        await application.ResourceNotifications.WaitForResourceAsync("bare", KnownResourceStates.FailedToStart, Deadline);
        await application.ResourceNotifications.WaitForResourceAsync("unbuilt", KnownResourceStates.FailedToStart, Deadline);

        Assert.Contains("has no project", await Consoles.ReadAsync(application, "bare"), StringComparison.Ordinal);
        Assert.Contains("dotnet build", await Consoles.ReadAsync(application, "unbuilt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_WithoutMore_HasAspiresDefaults()
    {
        IProjectMetadata usual = new Bare();

        Assert.Equal((null, false, false), (usual.LaunchSettings, usual.SuppressBuild, usual.IsFileBasedApp));
        Assert.Equal("/app/App.csproj", usual.ProjectPath);
        var profile = new LaunchProfile();
        Assert.Equal((null, null, null, null), (profile.CommandName, profile.ApplicationUrl, profile.LaunchUrl, profile.CommandLineArgs));
        Assert.Empty(profile.EnvironmentVariables);
        Assert.Empty(new LaunchSettings().Profiles);
        Assert.Null(new ProjectResourceOptions().LaunchProfileName);
        Assert.True(((IProjectMetadata)new Projects.WebApp()).SuppressBuild);
    }

    private sealed class Bare : IProjectMetadata
    {
        public string ProjectPath => "/app/App.csproj";
    }

    private sealed class App : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(AppContext.BaseDirectory, "absent", "App.csproj");

        public LaunchSettings LaunchSettings { get; } = new()
        {
            Profiles = new Dictionary<string, LaunchProfile>
            {
                ["elsewhere"] = new() { CommandName = "IISExpress", ApplicationUrl = "http://localhost:1" },
                ["plain"] = new() { CommandName = "Project", ApplicationUrl = "http://localhost:5001" },
                ["secure"] = new()
                {
                    CommandName = "Project",
                    ApplicationUrl = "http://localhost:5001;https://localhost:5002",
                    LaunchUrl = "scalar",
                    CommandLineArgs = "--quiet \"two words\"",
                    EnvironmentVariables = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
                },
            },
        };
    }
}
