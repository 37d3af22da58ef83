using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting.Manifests;

/// <summary>The expected files were written by Aspire 13.5.2, built from its public sources; only the paths are made relative to AppHost.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> CommandForms => ["--publisher manifest", "--operation publish --step publish-manifest"];

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CommandForms))]
    public async Task Publish_OfAppHost_WritesWhatAspireWrites(string command)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(await ExpectedAsync("apphost.json"), await PublishAppHostAsync(command, folder));
    }

    [Fact]
    public async Task Publish_OfAppHost_IsValidByTheSchema()
    {
        using var folder = new TemporaryFolder();

        Assert.Empty(await ManifestSchema.FindFaultsAsync(await PublishAppHostAsync("--publisher manifest", folder), Deadline));
    }

    [Theory]
    [InlineData("\"targetPort\": 5432", "\"targetPort\": \"5432\"")]
    [InlineData("\"secret\": true", "\"secret\": \"yes\"")]
    [InlineData("\"filter\": \"uri\"", "\"filter\": \"url\"")]
    [InlineData("\"image\": \"docker.io/library/postgres:18.3\",", "")]
    public async Task Schema_OfAWrongManifest_FindsTheFault(string right, string wrong)
    {
        var manifest = await ExpectedAsync("apphost.json");
        Assert.Contains(right, manifest, StringComparison.Ordinal);

        Assert.NotEmpty(await ManifestSchema.FindFaultsAsync(manifest.Replace(right, wrong, StringComparison.Ordinal), Deadline));
    }

    [Fact]
    public async Task Publish_OfEveryKindOfResource_WritesWhatAspireWrites()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(await ExpectedAsync("example.json"), await PublishExampleAsync(folder));
    }

    [Fact]
    public async Task Publish_WithAnotherRegistry_NamesItInEveryImage()
    {
        using var folder = new TemporaryFolder();

        var manifest = await PublishExampleAsync(folder, options => options.ContainerRegistryOverride = "registry.example");

        Assert.Contains("\"registry.example/library/postgres:18.3\"", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("docker.io", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_ToAnUnknownPublisher_NamesTheOtherEngine()
    {
        var refused = Assert.Throws<DistributedApplicationException>(() => DistributedApplication.CreateBuilder(["--publisher", "docker"]));

        Assert.Contains("-p:AspireEngine=aspire", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string> PublishAppHostAsync(string command, TemporaryFolder folder)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [.. command.Split(' '), "--output-path", folder.Path], Deadline);
        var folderOfAppHost = builder.AppHostDirectory;
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        return await ReadAsync(folder, folderOfAppHost);
    }

    private static async Task<string> PublishExampleAsync(TemporaryFolder folder, Action<DistributedApplicationOptions>? configure = null)
    {
        var project = Path.GetDirectoryName(Whole.ProbeProject)!;
        var options = new DistributedApplicationOptions
        {
            Args = ["--publisher", "manifest", "--output-path", folder.Path],
            AssemblyName = "Embedded.Tests",
            ProjectDirectory = project,
        };
        configure?.Invoke(options);
        var builder = DistributedApplication.CreateBuilder(options);
        ExampleModel.Describe(builder, Whole.ProbeProject);
        await using var application = builder.Build();
        await application.RunAsync(Deadline);

        return await ReadAsync(folder, project);
    }

    // Paths are relative to the manifest, which lies elsewhere than in the expected file.
    private static async Task<string> ReadAsync(TemporaryFolder folder, string home)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(folder.Path, "aspire-manifest.json"), Deadline);
        var (here, above) = (Path.GetRelativePath(folder.Path, home), Path.GetRelativePath(folder.Path, Path.GetDirectoryName(home)!));
        return text
            .Replace($"\"{here}\"", "\".\"", StringComparison.Ordinal)
            .Replace($"\"{here}/", "\"", StringComparison.Ordinal)
            .Replace($"\"{above}/", "\"../", StringComparison.Ordinal);
    }

    private static async Task<string> ExpectedAsync(string name)
    {
        var expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Hosting", "Manifests", name), Deadline);
        return expected.TrimEnd();
    }
}
