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

    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        var clone = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Repository.Root)))[..12];
        _turn = await Turn.TakeAsync(clone, Patience, CancellationToken.None);
    }

    public ValueTask StopAsync() => DisposeAsync();

    public ValueTask DisposeAsync() => _turn?.DisposeAsync() ?? ValueTask.CompletedTask;
}
