using System.Diagnostics;
using System.Globalization;

namespace AppHost.FaultLab.Processes;

/// <summary>
/// A process and its descendants, frozen until this is disposed. A shell sends the signals and waits for the end of its input, so the
/// processes also go on when AppHost is killed.
/// </summary>
internal sealed class FrozenProcesses : IAsyncDisposable
{
    // The terminal sends Ctrl+C to the shell too.
    private const string FreezeUntilTheInputEnds = """
        trap '' INT TERM HUP
        while read -r id; do
          frozen="${frozen:-} $id"
          kill -STOP "$id" 2>/dev/null
          echo "$id"
        done
        kill -CONT ${frozen:-} 2>/dev/null
        """;

    private readonly Process _shell;

    private FrozenProcesses(Process shell) => _shell = shell;

    /// <summary>Returns when all of them have stopped.</summary>
    public static async Task<FrozenProcesses> BeginAsync(int root, CancellationToken cancellationToken)
    {
        var frozen = new FrozenProcesses(Process.Start(new ProcessStartInfo("sh", ["-c", FreezeUntilTheInputEnds])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        try
        {
            await frozen.FreezeAsync(root, cancellationToken);
            return frozen;
        }
        catch
        {
            await frozen.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    // A process stops when the system runs it the next time. Until then it may start another one, so the tree is read until it has no new
    // member and all have stopped.
    private async Task FreezeAsync(int root, CancellationToken cancellationToken)
    {
        var known = new HashSet<int>();
        while (ProcessTree.Under(root).Where(process => known.Add(process.Id) | !process.IsStopped).ToArray() is { Length: > 0 } running)
        {
            foreach (var process in running)
            {
                await _shell.StandardInput.WriteLineAsync(process.Id.ToString(CultureInfo.InvariantCulture));
                await _shell.StandardInput.FlushAsync(cancellationToken);
                await _shell.StandardOutput.ReadLineAsync(cancellationToken);
            }
        }
    }
}
