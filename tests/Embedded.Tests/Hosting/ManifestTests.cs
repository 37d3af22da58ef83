using System.Text.Json;
using Aspire.Hosting;

namespace Embedded.Tests.Hosting;

public sealed class ManifestTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--publisher", "manifest")]
    [InlineData("--operation", "publish", "--step", "publish-manifest")]
    public async Task Publish_BothCommandForms_WriteWhatAspireWrites(params string[] command)
    {
        using var folder = new TemporaryFolder();
        var written = Path.Combine(folder.Path, "aspire-manifest.json");

        await PublishAsync([.. command, "--output-path", folder.Path]);

        var expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Hosting", "expected-manifest.json"), Deadline);
        Assert.Equal(Normalize(expected, ""), Normalize(await File.ReadAllTextAsync(written, Deadline), $"{Path.GetRelativePath(folder.Path, Path.GetDirectoryName(Whole.ProbeProject)!)}/"));
    }

    [Fact]
    public void Publish_ToAnUnknownPublisher_NamesTheOtherEngine()
    {
        var refused = Assert.Throws<DistributedApplicationException>(() => DistributedApplication.CreateBuilder(["--publisher", "docker"]));

        Assert.Contains("-p:AspireEngine=aspire", refused.Message, StringComparison.Ordinal);
    }

    // The shop of Aspire's own manifest example, with the names changed.
    private static async Task PublishAsync(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = args, AssemblyName = "Embedded.Tests", ProjectDirectory = Path.GetTempPath(),
        });
        var catalogdb = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("catalogdb");
        var cache = builder.AddRedis("cache").WithDataVolume();
        var messaging = builder.AddRabbitMQ("messaging").WithDataVolume().WithManagementPlugin();
        var catalog = builder.AddProject("catalog-api", Whole.ProbeProject).WithReference(catalogdb).WithReference(cache);
        builder.AddProject("orderprocessor", Whole.ProbeProject, launchProfileName: null).WithReference(messaging);
        builder.AddProject("frontend", Whole.ProbeProject).WithReference(catalog).WithExternalHttpEndpoints();
        builder.AddParameter("greeting", "hello", publishValueAsDefault: true);
        builder.AddConnectionString("elsewhere");
        builder.AddExecutable("tool", "tool", ".", "--now").WithHttpEndpoint(name: "web", env: "PORT");
        builder.AddRedis("scratch").ExcludeFromManifest();

        await using var application = builder.Build();
        await application.RunAsync(Deadline);
    }

    // Whatever the folder of this clone is called.
    private static string Normalize(string json, string projects) => JsonSerializer.Serialize(
        JsonSerializer.Deserialize<JsonElement>(projects.Length == 0 ? json : json.Replace(projects, "", StringComparison.Ordinal)),
        Indented);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
