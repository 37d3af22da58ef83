using System.Runtime.CompilerServices;
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
    private FileStream? _turn;

    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;

        while (!TryTake(LockFile()))
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new TimeoutException($"Another test module has held {LockFile()} for {Patience.TotalMinutes} minutes.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    public ValueTask StopAsync() => DisposeAsync();

    public ValueTask DisposeAsync() => _turn?.DisposeAsync() ?? ValueTask.CompletedTask;

    private bool TryTake(string path)
    {
        try
        {
            // The system gives the lock back when its holder dies, however it dies.
            _turn = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // In the folder for temporary files, because a clone may be read-only; by user, because another's file could not be opened.
    private static string LockFile([CallerFilePath] string source = "")
    {
        var clone = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..12];
        return Path.Combine(Path.GetTempPath(), $"shop-tests-{Environment.UserName}-{clone}.lock");
    }
}
