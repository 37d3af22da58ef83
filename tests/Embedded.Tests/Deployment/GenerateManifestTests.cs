using System.Diagnostics;
using System.Text.Json;
using Aspire.Hosting.Processes;
using Embedded.Tests.Hosting;

namespace Embedded.Tests.Deployment;

/// <summary>Aspire's MSBuild target, for tools that build and do not run.</summary>
public sealed class GenerateManifestTests
{
    [Fact]
    public async Task Target_WritesTheManifest_WhereItsPropertySays()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var project = Repository.PathOf("AppHost", "AppHost.csproj");

        // …/bin/Debug/net10.0/: AppHost was built with these tests.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        using var build = Process.Start(new ProcessStartInfo(
            Programs.DotNet,
            [
                "msbuild", project, "-nologo", "-nodeReuse:false", "-target:GenerateAspireManifest", "-property:BuildProjectReferences=false",
                $"-property:Configuration={configuration}", $"-property:AspireManifestPublishOutputPath={folder.Path}",
            ])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await build.StandardOutput.ReadToEndAsync(stop);
        await build.WaitForExitAsync(stop);

        Assert.True(build.ExitCode == 0, said);
        await using var file = File.OpenRead(Path.Combine(folder.Path, "manifest.json"));
        var manifest = await JsonSerializer.DeserializeAsync<JsonElement>(file, cancellationToken: stop);
        Assert.Equal("project.v0", manifest.GetProperty("resources").GetProperty("webapp").GetProperty("type").GetString());
    }
}
