using System.Diagnostics;
using Aspire.Hosting.Processes;

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
            left = [.. KillableAppHost.RecordOf(first.Id).Select(process => process.Identity)];
            first.Kill();
            await first.WaitForExitAsync(Deadline);
        }

        using var second = await StartUntilHealthyAsync();

        // Three servers, Erlang's port mapper and the program; initdb has ended by itself.
        Assert.True(left.Length >= 5, $"{left.Length} processes");
        Assert.All(left, process => Assert.False(process.IsAlive));
        Assert.DoesNotContain(ProcStat.All(), stat => left.Any(process => process.Id == stat.Session && stat.Start < StartOf(second)));

        var began = TimeProvider.System.GetTimestamp();
        var own = KillableAppHost.RecordOf(second.Id).Select(process => process.Identity).ToArray();
        _ = NativeMethods.Kill(second.Id, (int)Signal.Terminate);
        await second.WaitForExitAsync(Deadline);

        Assert.Equal(0, second.ExitCode);
        Assert.All(own, process => Assert.False(process.IsAlive));
        TestContext.Current.SendDiagnosticMessage($"Stopped in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Interrupt_WhileItStops_EndsEverythingAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || IsInterruptIgnored(), "Needs an interrupt that is not ignored, as it is in the background of a shell.");
        using var app = KillableAppHost.Start(_volume);
        await KillableAppHost.AwaitHealthAsync(app, Deadline);
        var processes = KillableAppHost.RecordOf(app.Id).Select(process => process.Identity).ToArray();

        _ = NativeMethods.Kill(app.Id, (int)Signal.Interrupt);
        while (await app.StandardOutput.ReadLineAsync(Deadline) is { } line && !line.EndsWith(" stopping", StringComparison.Ordinal))
        {
        }

        _ = NativeMethods.Kill(app.Id, (int)Signal.Interrupt);
        await app.WaitForExitAsync(Deadline);

        Assert.Equal(130, app.ExitCode);
        Assert.All(processes, process => Assert.False(process.IsAlive));
        Assert.Empty(KillableAppHost.RunsOf(app.Id));
    }

    public void Dispose() => KillableAppHost.DeleteVolumes(_volume);

    private static bool IsInterruptIgnored() =>
        (Convert.ToUInt64(File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1], 16)
            & (1ul << ((int)Signal.Interrupt - 1))) != 0;

    private static long StartOf(Process process) => ProcStat.Read(process.Id)!.Value.Start;

    private Task<Process> StartUntilHealthyAsync() => KillableAppHost.StartUntilHealthyAsync(_volume, Deadline);
}
