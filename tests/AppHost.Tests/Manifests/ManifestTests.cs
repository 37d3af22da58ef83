namespace AppHost.Tests.Manifests;

/// <summary>
/// The manifest that azd and other tools read, byte for byte. To accept a change, write the file again and review the difference:
/// <c>dotnet run --project AppHost -- --publisher manifest --output-path $PWD/tests/AppHost.Tests/Manifests/containers.json</c>
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

        // As deep as the folder of the expected files, because a manifest has the projects' paths relative to itself.
        var written = Repository.PathOf("tests", "AppHost.Tests", "obj", $"{Guid.NewGuid():n}.json");
        var (exitCode, _, errors) = await Programs.RunAppHostAsync([.. arguments, "--output-path", written]);

        Assert.True(exitCode == 0, errors);
        Assert.Equal(
            await File.ReadAllTextAsync(Repository.PathOf("tests", "AppHost.Tests", "Manifests", expected), stop),
            await File.ReadAllTextAsync(written, stop));
        File.Delete(written);
    }

    [Fact]
    public async Task AppHost_WithUnknownServers_NamesTheSettingItsValueAndTheAllowedOnes()
    {
        var (exitCode, _, errors) = await Programs.RunAppHostAsync(["--Shop:Servers=cloud"]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(
            "Shop:Servers is 'cloud'. Allowed values are 'containers', 'processes' and 'managed'",
            errors,
            StringComparison.Ordinal);
    }
}
