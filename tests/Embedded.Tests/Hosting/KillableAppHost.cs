using System.Diagnostics;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Embedded.Tests.Hosting;

/// <summary>An AppHost of all three servers and a program, in a process of its own.</summary>
internal static class KillableAppHost
{
    private static readonly string[] Resources = ["things", "broker", "store", "parent"];

    public static Process Start(string volume, Action<ProcessStartInfo>? configure = null)
    {
        var probe = Path.Combine(Path.GetDirectoryName(Whole.ProbeAssembly)!, "EngineProbe.dll");
        var start = new ProcessStartInfo(Programs.DotNet, [probe, "apphost", "--Volume", volume])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        configure?.Invoke(start);
        return Process.Start(start)!;
    }

    public static async Task<Process> StartUntilHealthyAsync(string volume, CancellationToken stop, Action<ProcessStartInfo>? configure = null)
    {
        var process = Start(volume, configure);
        try
        {
            await AwaitHealthAsync(process, stop);
        }
        catch
        {
            // Its servers get a signal with it.
            process.Kill();
            throw;
        }

        // Nobody reads any more: what it still says must not hold it up.
        _ = process.StandardOutput.ReadToEndAsync(stop);
        return process;
    }

    /// <summary>Reads what AppHost says until everything is healthy.</summary>
    public static async Task AwaitHealthAsync(Process process, CancellationToken stop)
    {
        var healthy = new HashSet<string>();
        var said = new List<string>();
        while (!Resources.All(healthy.Contains))
        {
            var line = await process.StandardOutput.ReadLineAsync(stop)
                ?? throw new InvalidOperationException($"AppHost ended: {string.Join('\n', said)}");
            said.Add(line);
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 3 && words[3] is "healthy" or "running")
            {
                healthy.Add(words[2]);
            }

            if (line.Contains("failed to start", StringComparison.Ordinal) || line.Contains("is not started again", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(string.Join('\n', said));
            }
        }
    }

    public static async Task StopAsync(Process process, CancellationToken stop)
    {
        _ = NativeMethods.Kill(process.Id, (int)Signal.Terminate);
        await process.WaitForExitAsync(stop);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>The processes that an AppHost has recorded as its own.</summary>
    public static RecordedProcess[] RecordOf(int owner) =>
        [.. RunsOf(owner).SelectMany(RunRecord.Read)];

    /// <summary>The folders of an AppHost's runs.</summary>
    public static string[] RunsOf(int owner)
    {
        var runs = Path.Combine(DataHome.Path, "runs");
        return
        [
            .. (Directory.Exists(runs) ? Directory.GetDirectories(runs) : [])
                .Where(folder => File.Exists(Path.Combine(folder, "owner")))
                .Where(folder => ProcessIdentity.Parse(File.ReadAllText(Path.Combine(folder, "owner")))?.Id == owner),
        ];
    }

    public static void DeleteVolumes(string volume)
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(DataHome.Path, "volumes"), $"{volume}*"))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
