using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Architecture;

/// <summary>Packages are those that were reviewed, and known vulnerabilities in them are errors of the build.</summary>
public sealed class SupplyChainTests
{
    /// <summary>Its packages differ by platform: Aspire's SDK adds the orchestrator and the dashboard of the machine.</summary>
    private const string WithoutLockFile = "AppHost/AppHost.csproj";

    public static TheoryData<string> Locked =>
        [.. SourceTree.Projects.Where(project => SourceTree.TopFolderOf(project) != "tests" && project != WithoutLockFile)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Locked))]
    public void LockFile_HasEachPackageOfTheProject_WithItsHash(string project)
    {
        var file = $"{Path.GetDirectoryName(project)}/packages.lock.json";
        Assert.Contains(file, SourceTree.Files);
        var packages = JsonNode.Parse(SourceTree.Read(file))!["dependencies"]!["net10.0"]!.AsObject();

        var direct = packages.Where(package => (string)package.Value!["type"]! == "Direct").Select(package => package.Key).ToHashSet();
        Assert.Superset(SourceTree.Items(project, "PackageReference").ToHashSet(), direct);
        Assert.All(
            packages.Where(package => (string)package.Value!["type"]! != "Project"),
            package => Assert.NotEmpty((string)package.Value!["contentHash"]!));
    }

    [Theory]
    [InlineData("WebApp/WebApp.csproj", true)]
    [InlineData("Contracts/Contracts.csproj", true)]
    [InlineData(WithoutLockFile, false)]
    public async Task CI_RestoresWhatTheLockFilesSay_AndAuditsAllPackages(string project, bool isLocked)
    {
        var properties = await EvaluateAsync(project);

        Assert.Equal("all", (string)properties["NuGetAuditMode"]!);
        Assert.Equal("true", (string)properties["TreatWarningsAsErrors"]!);
        Assert.DoesNotContain("NU190", $"{properties["NoWarn"]}", StringComparison.Ordinal);
        Assert.Equal(isLocked, (string)properties["RestorePackagesWithLockFile"]! == "true");
        Assert.Equal(isLocked, (string)properties["RestoreLockedMode"]! == "true");
    }

    [Fact]
    public void CI_SaysThatItIsCI() =>
        Assert.Contains("export CI=true", SourceTree.ReadLines(".ci/run"));

    private static async Task<JsonNode> EvaluateAsync(string project)
    {
        const string Properties = "NuGetAuditMode,TreatWarningsAsErrors,NoWarn,RestorePackagesWithLockFile,RestoreLockedMode";
        var start = new ProcessStartInfo(
            "dotnet", ["msbuild", Repository.PathOf(project), "-nologo", "-nodeReuse:false", $"-getProperty:{Properties}"])
        {
            RedirectStandardOutput = true,
            Environment = { ["CI"] = "true" },
        };
        using var msbuild = Process.Start(start)!;
        var output = await msbuild.StandardOutput.ReadToEndAsync(Stop);
        await msbuild.WaitForExitAsync(Stop);
        Assert.True(msbuild.ExitCode == 0, output);
        return JsonNode.Parse(output)!["Properties"]!;
    }
}
