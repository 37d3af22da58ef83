using System.Security.Cryptography;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(OneModuleAtATime))]

/// <summary>
/// Lets the test modules of this clone run one after another. <c>dotnet test</c> starts as many at once as there are processors, and has no setting
/// in a file for it; but most modules start servers of their own, and some the whole shop, and what is slow on a small machine looks broken.
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
