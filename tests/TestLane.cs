using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(TestLane))]

/// <summary>
/// Runs the test modules of this clone in two lanes, in each one module after another. <c>dotnet test</c> starts one per processor at the
/// same time, and no setting in a file changes that. Most modules start all servers, and some the whole shop, so on a small machine
/// several of them at a time would exceed their time limits. What tests a single project has a lane beside them, because they often wait
/// (Directory.Build.props says which lane a module uses).
/// </summary>
internal sealed class TestLane : ITestPipelineStartup, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private Turn? _turn;
    private DateTimeOffset _start;

    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        var lane = typeof(TestLane).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "TestLane").Value;
        var clone = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Repository.Root)))[..12];
        _turn = await Turn.TakeAsync($"{clone}-{lane}", Patience, CancellationToken.None);
        _start = TimeProvider.System.GetUtcNow();
    }

    public ValueTask StopAsync() => DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_turn is { } turn)
        {
            _turn = null;
            await ReportAsync();
            await turn.DisposeAsync();
        }
    }

    // dotnet test counts the time a module waits for its turn.
    private async Task ReportAsync()
    {
        if (Environment.GetEnvironmentVariable("SHOP_TEST_TIMES") is { Length: > 0 } folder)
        {
            var end = TimeProvider.System.GetUtcNow();
            var module = typeof(TestLane).Assembly.GetName().Name;
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"{module}"), $"{module} {_start.ToUnixTimeSeconds()} {end.ToUnixTimeSeconds()}\n");
        }
    }
}
