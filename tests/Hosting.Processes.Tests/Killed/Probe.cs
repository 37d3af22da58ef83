using System.Diagnostics;
using System.Globalization;
using Hosting.Processes.Data;
using Hosting.Processes.Installation;

namespace Hosting.Processes.Tests.Killed;

/// <summary>An AppHost in a process of its own, with folders of its own: <c>tests/ProcessesProbe</c>.</summary>
internal sealed class Probe : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly List<string> _lines = [];
    private readonly string _home;
    private readonly Process _process;
    private readonly Task _reading;

    private Probe(string home, Process process)
    {
        _home = home;
        _process = process;
        _reading = ReadAsync(process.StandardOutput);
        _ = ReadAsync(process.StandardError);
    }

    public static string Assembly { get; } = Repository.PathOf(
        "tests", "ProcessesProbe", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
        new DirectoryInfo(AppContext.BaseDirectory).Name, "ProcessesProbe.dll");

    public Process Process => _process;

    public string Runs => Path.Combine(_home, "aspire-processes", "runs");

    public string Output => string.Join('\n', Lines());

    /// <param name="home">The value of <c>XDG_DATA_HOME</c>: volumes and runs are below it.</param>
    /// <param name="arguments">The arguments of the probe.</param>
    /// <param name="configure">Changes how the probe is started.</param>
    public static Probe Start(string home, string[] arguments, Action<ProcessStartInfo>? configure = null)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : Programs.FindOnPath("dotnet")!,
            [Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
            Environment = { ["XDG_DATA_HOME"] = home },
        };
        configure?.Invoke(start);
        return new Probe(home, Process.Start(start)!);
    }

    public static async Task<Probe> StartHealthyAsync(string home, string[] arguments, Action<ProcessStartInfo>? configure = null)
    {
        var probe = Start(home, arguments, configure);
        try
        {
            await probe.HealthyAsync();
            return probe;
        }
        catch
        {
            probe.Dispose();
            throw;
        }
    }

    public async Task HealthyAsync()
    {
        await Eventually.TrueAsync(() => Task.FromResult(_process.HasExited || Lines().Contains("Healthy")), () => Output, Patience);
        Assert.False(_process.HasExited, Output);
    }

    /// <summary>AppHost, its orchestrator (which is not a child process of AppHost) and all their descendants.</summary>
    public IReadOnlyList<ProcStat> Tree() => ProcessTree.Of([_process.Id, .. Orchestrator().Select(stat => stat.Id)]);

    public IEnumerable<ProcStat> Orchestrator() => ProcStat.All().Where(stat =>
        ProcStat.CommandLineOf(stat.Id) is { Length: > 3 } words
            && words.Contains("start-apiserver")
            && words.Contains(_process.Id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The scripts that run servers below this probe's folder.</summary>
    public IEnumerable<int> Scripts() => ProcStat.All().Select(stat => stat.Id)
        .Where(
            id => ProcStat.CommandLineOf(id)
                .Any(word => word.StartsWith(Path.Combine(_home, "aspire-processes"), StringComparison.Ordinal)));

    /// <summary>
    /// Stops AppHost and waits for the scripts too: they delete their folders after AppHost has ended, and a test that deletes the same
    /// folders at that moment fails.
    /// </summary>
    /// <returns>AppHost's exit code.</returns>
    public async Task<int> StopAsync()
    {
        var exitCode = await InterruptAsync();
        await Eventually.TrueAsync(() => !Scripts().Any());
        return exitCode;
    }

    /// <summary>Presses Ctrl+C and waits until AppHost ends. Persistent servers go on.</summary>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Application.Deadline);
        await _process.WaitForExitAsync(Application.Deadline).WaitAsync(Patience, Application.Deadline);
        await _reading;
        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Application.Deadline);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string[] Lines()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
