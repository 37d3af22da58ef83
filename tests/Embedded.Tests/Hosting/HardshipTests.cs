using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Embedded.Tests.Hosting;

/// <summary>
/// Minutes of ill-treatment, left out of the usual run: <c>dotnet tests/Embedded.Tests/bin/Debug/net10.0/Embedded.Tests.dll -explicit only</c>.
/// </summary>
public sealed class HardshipTests : IDisposable
{
    private const int Kills = 10;
    private const int WholeStartMilliseconds = 12_000;

    private readonly string _volume = $"test-{Guid.NewGuid():n}";

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Kill_AtTenRandomMoments_TheNextStartWorks_AndNothingIsLeft()
    {
        var seed = Environment.TickCount;
        var moments = new Random(seed);
        TestContext.Current.SendDiagnosticMessage($"Seed {seed}");
        var (processes, runs) = (new List<ProcessIdentity>(), new List<string>());

        for (var kill = 0; kill < Kills; kill++)
        {
            using var app = KillableAppHost.Start(_volume);
            _ = app.StandardOutput.ReadToEndAsync(Deadline);

            // The moment is what is tested: nothing is waited for.
            await Task.Delay(moments.Next(WholeStartMilliseconds), Deadline);
            processes.AddRange(KillableAppHost.RecordOf(app.Id).Select(process => process.Identity));
            runs.AddRange(KillableAppHost.RunsOf(app.Id));
            app.Kill();
            await app.WaitForExitAsync(Deadline);
        }

        using var last = await KillableAppHost.StartUntilHealthyAsync(_volume, Deadline);

        Assert.NotEmpty(processes);
        Assert.All(processes, process => Assert.False(process.IsAlive));
        Assert.All(runs, folder => Assert.False(Directory.Exists(folder)));
        Assert.Empty(MarkedWith(runs));
        await KillableAppHost.StopAsync(last, Deadline);
        Assert.Empty(KillableAppHost.RunsOf(last.Id));
    }

    [Fact(Explicit = true)]
    public async Task Start_WithSpacesAndLettersOfTheWorldInThePath_AndWithoutHome_Works()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs file modes.");
        using var folder = new TemporaryFolder();
        var home = Path.Combine(folder.Path, "große Daten – 数据");
        Directory.CreateDirectory(home);
        foreach (var walked in new[] { folder.Path, home })
        {
#pragma warning disable CA1416 // Skipped there.
            File.SetUnixFileMode(walked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
#pragma warning restore CA1416
        }

        using var app = await KillableAppHost.StartUntilHealthyAsync(_volume, Deadline, start =>
        {
            start.Environment["XDG_DATA_HOME"] = home;
            start.Environment.Remove("HOME");
        });

        Assert.NotEmpty(Directory.GetDirectories(Path.Combine(home, "aspire-embedded", "volumes")));
        await KillableAppHost.StopAsync(app, Deadline);
        Assert.Empty(Directory.GetDirectories(Path.Combine(home, "aspire-embedded", "runs")));
    }

    [Fact(Explicit = true)]
    public async Task Start_AsAnOrdinaryUserWithoutHome_Works()
    {
        Assert.SkipUnless(DataHome.IsRoot, "Only root can become another user.");
        var nobody = UserAccount.Find("nobody")!;
        using var folder = new TemporaryFolder();
        PrivateFiles.GiveTo(folder.Path, nobody);

        using var app = await KillableAppHost.StartUntilHealthyAsync(_volume, Deadline, start =>
        {
            var line = new[] { "--reuid", $"{nobody.UserId}", "--regid", $"{nobody.GroupId}", "--clear-groups", "--", start.FileName }.Concat(start.ArgumentList).ToArray();
            start.FileName = Programs.FindOnPath("setpriv")!;
            start.ArgumentList.Clear();
            foreach (var word in line)
            {
                start.ArgumentList.Add(word);
            }

            start.WorkingDirectory = folder.Path;
            start.Environment["XDG_DATA_HOME"] = folder.Path;
            start.Environment.Remove("HOME");
        });

        await KillableAppHost.StopAsync(app, Deadline);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder.Path, "aspire-embedded", "runs")));
    }

    public void Dispose() => KillableAppHost.DeleteVolumes(_volume);

    private static IEnumerable<int> MarkedWith(List<string> runs)
    {
        var marks = runs.Select(folder => $"{Leftovers.Mark}={Path.GetFileName(folder)}").ToHashSet();
        return ProcStat.All().Select(stat => stat.Id).Where(id =>
        {
            try
            {
                return File.ReadAllText($"/proc/{id}/environ").Split('\0').Any(marks.Contains);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });
    }
}
