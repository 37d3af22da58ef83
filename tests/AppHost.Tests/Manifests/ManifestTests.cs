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
        { "containers.json", ["--publisher", "manifest", "--Shop:FaultLab=true"] },
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

    [Theory]
    [InlineData("--Shop:Broker=kafka", "Shop:Broker is 'kafka'. Allowed values are 'rabbitmq', the default, and 'servicebus'")]
    [InlineData("--Shop:Servers=cloud", "Shop:Servers is 'cloud'. Allowed values are 'containers', 'processes' and 'managed'")]
    [InlineData("--Shop:Replicas=0", "Shop:Replicas is '0'. Set it to a number from 1 to 10")]
    [InlineData("--Shop:FaultLab=yes", "Shop:FaultLab is 'yes'. Allowed values are 'true' and 'false'; the default is 'false'.")]
    [InlineData("--Shop:Volumes=no", "Shop:Volumes is 'no'. Allowed values are 'true' and 'false'; the default is 'true'.")]
    public async Task AppHost_WithAnUnknownValue_NamesTheSettingItsValueAndWhatIsAllowed(string argument, string expected)
    {
        var run = await Programs.RunAppHostAsync([argument]);

        Assert.False(run.IsSuccess);
        Assert.Contains(expected, run.StandardError, StringComparison.Ordinal);
    }
}
