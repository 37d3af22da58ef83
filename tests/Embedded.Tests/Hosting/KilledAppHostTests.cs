using System.Diagnostics;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Embedded.Tests.Hosting;

public sealed class KilledAppHostTests : IDisposable
{
    private readonly string _volume = $"test-{Guid.NewGuid():n}";

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_OfAppHost_LeavesNothingAfterTheNextStart_AndTheDataIsThere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs signals.");
        ProcessIdentity[] left;
        using (var first = await StartUntilHealthyAsync())
        {
            left = [.. RecordOf(first.Id).Select(process => process.Identity)];
            first.Kill();
            await first.WaitForExitAsync(Deadline);
        }

        using var second = await StartUntilHealthyAsync();

        // Three servers, Erlang's port mapper and the program; initdb has ended by itself.
        Assert.True(left.Length >= 5, $"{left.Length} processes");
        Assert.All(left, process => Assert.False(process.IsAlive));
        Assert.DoesNotContain(ProcStat.All(), stat => left.Any(process => process.Id == stat.Session && stat.Start < StartOf(second)));

        var began = TimeProvider.System.GetTimestamp();
        var own = RecordOf(second.Id).Select(process => process.Identity).ToArray();
        _ = NativeMethods.Kill(second.Id, (int)Signal.Terminate);
        await second.WaitForExitAsync(Deadline);

        Assert.Equal(0, second.ExitCode);
        Assert.All(own, process => Assert.False(process.IsAlive));
        TestContext.Current.SendDiagnosticMessage($"Stopped in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    public void Dispose()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(DataHome.Path, "volumes"), $"{_volume}-*"))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long StartOf(Process process) => ProcStat.Read(process.Id)!.Value.Start;

    private static RecordedProcess[] RecordOf(int owner) => Directory.GetDirectories(Path.Combine(DataHome.Path, "runs"))
        .Where(folder => File.Exists(Path.Combine(folder, "owner")))
        .Where(folder => ProcessIdentity.Parse(File.ReadAllText(Path.Combine(folder, "owner")))?.Id == owner)
        .SelectMany(RunRecord.Read)
        .ToArray();

    private async Task<Process> StartUntilHealthyAsync()
    {
        var probe = Path.Combine(Path.GetDirectoryName(Whole.ProbeAssembly)!, "EngineProbe.dll");
        var process = Process.Start(new ProcessStartInfo(Programs.DotNet, [probe, "apphost", "--Volume", _volume])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        string[] awaited = ["things", "broker", "store", "parent"];
        var healthy = new HashSet<string>();
        var said = new List<string>();
        while (!awaited.All(healthy.Contains))
        {
            var line = await process.StandardOutput.ReadLineAsync(Deadline)
                ?? throw new InvalidOperationException($"AppHost ended: {string.Join('\n', said)}");
            said.Add(line);
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 3 && words[3] is "healthy" or "running")
            {
                healthy.Add(words[2]);
            }
        }

        // Nobody reads any more: what it still says must not hold it up.
        _ = process.StandardOutput.ReadToEndAsync(Deadline);
        return process;
    }
}
