namespace AppHost.Tests.Manifests;

/// <summary>
/// Compares the manifest that azd and other tools read with a stored file, byte for byte. To accept a change, write the file again and
/// review the difference: <c>dotnet run --project AppHost -- --publisher manifest --output-path
/// $PWD/tests/AppHost.Tests/Manifests/containers.json</c>
/// </summary>
public sealed class ManifestTests
{
    public static TheoryData<string, string[]> Commands => new()
    {
        { "containers.json", ["--publisher", "manifest"] },
        { "containers.json", ["--operation", "publish", "--step", "publish-manifest"] },
        { "containers.json", ["--publisher", "manifest", "--Shop:Servers=processes"] },
        { "managed.json", ["--publisher", "manifest", "--Shop:Servers=managed"] },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task AppHost_WritesTheManifestInTheRepository(string expected, string[] arguments)
    {
        var stop = TestContext.Current.CancellationToken;

        // At the same depth as the expected files, because the paths of the projects in a manifest are relative to it.
        var written = Repository.PathOf("tests", "AppHost.Tests", "obj", $"{Guid.NewGuid():n}.json");
        var run = await Programs.RunAppHostAsync([.. arguments, "--output-path", written]);

        Assert.True(run.IsSuccess, run.StandardError);
        Assert.Equal(
            await File.ReadAllTextAsync(Repository.PathOf("tests", "AppHost.Tests", "Manifests", expected), stop),
            await File.ReadAllTextAsync(written, stop));
        File.Delete(written);
    }

    [Fact]
    public async Task AppHost_WithAnUnknownBroker_NamesTheSettingItsValueAndTheAllowedValues()
    {
        var run = await Programs.RunAppHostAsync(["--Shop:Servers=managed", "--Shop:Broker=kafka"]);

        Assert.False(run.IsSuccess);
        Assert.Contains(
            "Shop:Broker is 'kafka'. Allowed values are 'rabbitmq', the default, and 'servicebus'",
            run.StandardError,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppHost_WithUnknownServers_NamesTheSettingItsValueAndTheAllowedValues()
    {
        var run = await Programs.RunAppHostAsync(["--Shop:Servers=cloud"]);

        Assert.False(run.IsSuccess);
        Assert.Contains(
            "Shop:Servers is 'cloud'. Allowed values are 'containers', 'processes' and 'managed'",
            run.StandardError,
            StringComparison.Ordinal);
    }
}
