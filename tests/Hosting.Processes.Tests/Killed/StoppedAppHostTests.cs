using System.Diagnostics;
using Hosting.Processes.Data;

namespace Hosting.Processes.Tests.Killed;

public sealed class StoppedAppHostTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    [Fact(Explicit = true)]
    public async Task Interrupt_StopsEverythingInOrder()
    {
        using var probe = await Probe.StartHealthyAsync(_home.Path, ["--Volume", "kept"]);
        var processes = probe.Tree().Identities().ToArray();
        var began = TimeProvider.System.GetTimestamp();

        Assert.Equal(0, await probe.StopAsync());
        await Eventually.TrueAsync(() => processes.All(process => !process.IsAlive));

        var took = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.SendDiagnosticMessage($"All gone after {took.TotalSeconds:0.0} s");
        Assert.True(took < TimeSpan.FromSeconds(16), $"{took.TotalSeconds:0.0} s; 8 s on an idle machine");
        Assert.Empty(Directory.GetDirectories(probe.Runs));
        Assert.False(File.Exists(Path.Combine(_home.Path, "aspire-processes", "volumes", "kept-postgres", "pg", "postmaster.pid")));
    }

    [Fact(Explicit = true)]
    public async Task PersistentServers_OutliveAppHost_AndAreUsedByTheNextRun()
    {
        string[] arguments = ["--Persistent", "true"];
        using var first = await Probe.StartHealthyAsync(_home.Path, arguments, WithUserSecrets);
        try
        {
            // Without their child processes: PostgreSQL starts one for each connection.
            var servers = ProcStat.All().Where(stat => first.Scripts().Contains(stat.Id)).Identities().ToArray();
            Assert.True(servers.Length >= 3, first.Output);
            await first.InterruptAsync();
            await Eventually.TrueAsync(() => first.Orchestrator().ToArray().Length == 0);
            Assert.All(servers, process => Assert.True(process.IsAlive));

            using var second = await Probe.StartHealthyAsync(_home.Path, arguments, WithUserSecrets);

            Assert.All(servers, process => Assert.True(process.IsAlive));
            await second.InterruptAsync();
            await Eventually.TrueAsync(() => second.Orchestrator().ToArray().Length == 0);
        }
        finally
        {
            foreach (var script in first.Scripts().ToArray())
            {
                using var kill = Process.Start("kill", ["-TERM", $"{script}"]);
                await kill.WaitForExitAsync(CancellationToken.None);
            }

            await Eventually.TrueAsync(() => !first.Scripts().Any());
        }
    }

    // Aspire stores the ports of persistent servers in the user secrets, and reads them only in Development.
    private void WithUserSecrets(ProcessStartInfo start)
    {
        start.Environment["HOME"] = _home.Path;
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
    }

    public void Dispose() => _home.Dispose();
}
