using System.Security.Cryptography;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(OneModuleAtATime))]

/// <summary>
/// Runs the test modules of this clone one after another. <c>dotnet test</c> starts one per processor at the same time, and no setting in a
/// file changes that. Most modules start their own servers, and some start the whole shop, so on a small machine parallel modules would
/// exceed their time limits.
/// </summary>
internal sealed class OneModuleAtATime : ITestPipelineStartup, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private Turn? _turn;
    private DateTimeOffset _start;

    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        var clone = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Repository.Root)))[..12];
        _turn = await Turn.TakeAsync(clone, Patience, CancellationToken.None);
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

    // dotnet test counts the time a module waits for its turn. Only the holder of the lock writes, so lines cannot mix.
    private async Task ReportAsync()
    {
        if (Environment.GetEnvironmentVariable("SHOP_TEST_TIMES") is { Length: > 0 } file)
        {
            var end = TimeProvider.System.GetUtcNow();
            var module = typeof(OneModuleAtATime).Assembly.GetName().Name;
            await File.AppendAllTextAsync(file, $"{module} {_start.ToUnixTimeSeconds()} {end.ToUnixTimeSeconds()}\n");
        }
    }
}
