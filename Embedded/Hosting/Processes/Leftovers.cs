using System.Diagnostics;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Processes;

/// <summary>
/// Ends what an AppHost that was killed has left. A process is known to be one of ours by its id and start in the run's record, by being in
/// the session of such a process, or by the run's mark in its environment; nothing else is touched.
/// </summary>
internal static class Leftovers
{
    /// <summary>The environment variable that every process of a run has.</summary>
    public const string Mark = "ASPIRE_EMBEDDED_RUN";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Ends all that is left of runs whose AppHost is gone, and removes their folders.</summary>
    /// <returns>How many processes were ended.</returns>
    public static async Task<int> ClearAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var folder in RunFolder.Abandoned())
        {
            ended += await EndAsync(RunRecord.Read(folder), Path.GetFileName(folder), time, cancellationToken);
            RunFolder.Delete(folder);
        }

        return ended;
    }

    /// <summary>Ends what is still in the session of a process that was its leader.</summary>
    public static void EndSession(ProcessIdentity leader)
    {
        foreach (var member in ProcStat.All().Where(stat => stat.Session == leader.Id && stat.Start >= leader.Start))
        {
            _ = NativeMethods.Kill(member.Id, (int)Signal.Kill);
        }
    }

    private static async Task<int> EndAsync(
        IReadOnlyList<RecordedProcess> recorded, string runId, TimeProvider time, CancellationToken cancellationToken)
    {
        var alive = recorded.Where(process => process.Identity.IsAlive).ToArray();

        // In order first: a server closes its files.
        foreach (var process in alive)
        {
            End(process.Identity, process.StopSignal);
        }

        var until = time.GetTimestamp();
        while (alive.Any(process => process.Identity.IsAlive) && time.GetElapsedTime(until) < Grace)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }

        foreach (var process in recorded)
        {
            End(process.Identity, Signal.Kill);
            if (OperatingSystem.IsLinux())
            {
                EndSession(process.Identity);
            }
        }

        var marked = OperatingSystem.IsLinux() ? Marked(runId) : [];
        foreach (var process in marked)
        {
            End(process, Signal.Kill);
        }

        return alive.Length + marked.Count;
    }

    private static void End(ProcessIdentity process, Signal signal)
    {
        if (!process.IsAlive)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Process.GetProcessById(process.Id).Kill(entireProcessTree: true);
        }
        else
        {
            _ = NativeMethods.Kill(process.Id, (int)signal);
        }
    }

    private static List<ProcessIdentity> Marked(string runId)
    {
        var found = new List<ProcessIdentity>();
        foreach (var stat in ProcStat.All())
        {
            try
            {
                if (File.ReadAllText($"/proc/{stat.Id}/environ").Split('\0').Contains($"{Mark}={runId}"))
                {
                    found.Add(new(stat.Id, stat.Start));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or another user's: not ours.
            }
        }

        return found;
    }
}
