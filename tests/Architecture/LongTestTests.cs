using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Architecture;

public sealed partial class LongTestTests
{
    /// <summary>Such a fixture starts in every run, and no test uses it. Long tests start what they need themselves.</summary>
    [Fact]
    public void Fixture_IsNotOnlyForExplicitTests() => Assert.Empty(
        from file in SourceTree.Files
        where file.EndsWith(".cs", StringComparison.Ordinal)
        let source = string.Join('\n', SourceTree.ReadLines(file))
        where source.Contains(": IClassFixture<", StringComparison.Ordinal)
        let tests = TestAttribute().Matches(source)
        where tests.All(test => test.Value.Contains("Explicit = true", StringComparison.Ordinal))
        select $"{file} has a fixture, but all of its tests are explicit.");

    [Fact]
    public async Task Suite_ThatDoesNotBuild_FailsTheRun_AndTheNextOneStillRuns()
    {
        var (status, output) = await RunAsync("return 1");

        Assert.Equal(1, status);
        Assert.Contains("faults: 0 passed, 1 failed", output, StringComparison.Ordinal);
        Assert.Contains("lighthouse: 0 passed, 1 failed", output, StringComparison.Ordinal);
        Assert.EndsWith("\n0 passed, 9 failed\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Total: 4, Errors: 0, Failed: 0, Skipped: 1, Not Run: 2, Time: 1s", 0, "1 passed, 0 failed")]
    [InlineData(1, "Total: 4, Errors: 1, Failed: 1, Skipped: 0, Not Run: 0, Time: 1s", 1, "2 passed, 2 failed")]
    [InlineData(1, "Total: 4, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 1s", 1, "3 passed, 1 failed")]
    public async Task Run_CountsWhatTheRunnerSays(int runner, string summary, int expected, string count)
    {
        var (status, output) = await RunAsync($"[ $1 = build ] || {{ echo 'Journeys  {summary}'; return {runner}; }}", "broker");

        Assert.Equal(expected, status);
        Assert.EndsWith($"\n{count}\n", output, StringComparison.Ordinal);
    }

    /// <summary>Runs tests/run-long with a few lines of bash in place of <c>dotnet</c>.</summary>
    private static async Task<(int Status, string Output)> RunAsync(string dotnet, string suite = "")
    {
        var stop = TestContext.Current.CancellationToken;
        var script = $"dotnet() {{ {dotnet}; }}; export -f dotnet; '{Repository.PathOf("tests", "run-long")}' {suite}";
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync(stop);
        await bash.WaitForExitAsync(stop);
        return (bash.ExitCode, output);
    }

    [GeneratedRegex(@"^    \[(Fact|Theory)\b.*$", RegexOptions.Multiline)]
    private static partial Regex TestAttribute();
}
