using Hosting.Processes.Data;

namespace Hosting.Processes.Tests.Killed;

public sealed class KilledAppHostTests : IDisposable
{
    private static readonly TimeSpan WithinTwentySeconds = TimeSpan.FromSeconds(20);
    private static readonly string[] KeepData = ["--Volume", "kept"];

    private readonly TemporaryFolder _home = new();

    /// <summary>A file of PostgreSQL's data that is written when the data is created, and never again.</summary>
    private string Version => Path.Combine(_home.Path, "aspire-processes", "volumes", "kept-postgres", "pg", "PG_VERSION");

    [Fact(Explicit = true)]
    public async Task Kill_OfAppHost_StopsEverything()
    {
        using var probe = await Probe.StartHealthyAsync(_home.Path, []);
        var processes = probe.Tree().Identities().ToArray();
        Assert.Contains(probe.Tree(), stat => stat.Name == "epmd");

        await probe.KillAsync();

        await Eventually.TrueAsync(() => processes.All(process => !process.IsAlive), within: WithinTwentySeconds);
        Assert.Empty(Directory.GetDirectories(probe.Runs));
    }

    [Fact(Explicit = true)]
    public async Task Kill_ThenAStartAtOnce_HasTheData()
    {
        using var killed = await Probe.StartHealthyAsync(_home.Path, KeepData);
        var left = killed.Tree().Identities().ToArray();
        var created = File.GetLastWriteTimeUtc(Version);
        await killed.KillAsync();

        using var next = await Probe.StartHealthyAsync(_home.Path, KeepData);

        await Eventually.TrueAsync(() => left.All(process => !process.IsAlive), within: WithinTwentySeconds);
        Assert.Single(Directory.GetDirectories(next.Runs));
        Assert.Equal(created, File.GetLastWriteTimeUtc(Version));
        var own = next.Tree().Identities().ToArray();
        Assert.Equal(0, await next.StopAsync());
        await Eventually.TrueAsync(() => own.All(process => !process.IsAlive), within: WithinTwentySeconds);
        Assert.Empty(Directory.GetDirectories(next.Runs));
    }

    [Fact(Explicit = true)]
    public async Task Kill_OfAppHostAndOrchestrator_TheNextStartStopsTheServers()
    {
        using var killed = await Probe.StartHealthyAsync(_home.Path, KeepData);
        var tree = killed.Tree();
        var orchestrator = tree.Where(stat => stat.Name == "dcp").ToArray();
        var servers = ProcessTree.Of([.. killed.Scripts()]).Identities().ToArray();
        Assert.NotEmpty(orchestrator);
        foreach (var process in orchestrator.Select(stat => stat.Id).Prepend(killed.Process.Id))
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", $"{process}"]);
            await kill.WaitForExitAsync(Application.Deadline);
        }

        using var next = await Probe.StartHealthyAsync(_home.Path, KeepData);

        Assert.All(servers, process => Assert.False(process.IsAlive));
        await next.StopAsync();

        // The model's program is stopped by the orchestrator only.
        foreach (var process in tree.Where(stat => new ProcessIdentity(stat.Id, stat.Start).IsAlive))
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", $"{process.Id}"]);
            await kill.WaitForExitAsync(Application.Deadline);
        }
    }

    [Fact(Explicit = true)]
    public async Task Kill_AtTenRandomMoments_TheNextStartWorks_AndNothingRemains()
    {
        const int WholeStartMilliseconds = 15_000;
        var seed = Environment.TickCount;
        var moments = new Random(seed);
        TestContext.Current.SendDiagnosticMessage($"Seed {seed}");
        var processes = new List<ProcessIdentity>();
        for (var kill = 0; kill < 10; kill++)
        {
            using var probe = Probe.Start(_home.Path, KeepData);

            // The test is about the moment of the kill, so it does not wait for anything.
            await Task.Delay(moments.Next(WholeStartMilliseconds), Application.Deadline);
            processes.AddRange(probe.Tree().Identities());
            await probe.KillAsync();
        }

        using var last = await Probe.StartHealthyAsync(_home.Path, KeepData);

        await Eventually.TrueAsync(() => processes.All(process => !process.IsAlive), within: WithinTwentySeconds);
        await last.StopAsync();
        await Eventually.TrueAsync(() => Directory.GetDirectories(last.Runs).Length == 0);
    }

    public void Dispose() => _home.Dispose();
}
