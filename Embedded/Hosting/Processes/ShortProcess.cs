using Aspire.Hosting.Run;

namespace Aspire.Hosting.Processes;

/// <summary>Runs a process that ends by itself.</summary>
internal static class ShortProcess
{
    public static async Task<(int ExitCode, IReadOnlyList<string> Said)> RunAsync(ProcessPlan plan, RunFolder run, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        var process = await ManagedProcess.StartAsync(plan, run, (line, _) =>
        {
            lock (said)
            {
                said.Add(line);
            }
        });
        await using var stop = cancellationToken.Register(process.Kill);
        var exitCode = await process.Exited;
        cancellationToken.ThrowIfCancellationRequested();
        lock (said)
        {
            return (exitCode, [.. said]);
        }
    }
}
