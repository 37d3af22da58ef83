using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EventBus.Tests.Faults.Rig;

/// <summary>A process of tests/BusProbe: a service that can be halted at named points, killed, frozen and controlled by commands.</summary>
internal sealed partial class Probe : IAsyncDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly List<string> _log = [];

    private Probe(Process process) => _process = process;

    private static string Assembly { get; } = FindAssembly();

    public static async Task<Probe> StartAsync(string name, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (setting, value) in settings)
        {
            start.Environment[setting] = value;
        }

        var probe = new Probe(Process.Start(start)!);
        probe._process.OutputDataReceived += (_, line) => Keep(probe._said, line.Data);
        probe._process.ErrorDataReceived += (_, line) => Keep(probe._log, line.Data);
        probe._process.BeginOutputReadLine();
        probe._process.BeginErrorReadLine();
        await probe.SaidAsync("ready");
        return probe;
    }

    /// <summary>Waits for a line that starts so, and takes it.</summary>
    public async Task<string> SaidAsync(string start)
    {
        string? found = null;
        await Eventually.TrueAsync(
            () => Task.FromResult((found = Take(start)) is not null || (
                _process.HasExited ? throw new InvalidOperationException($"The probe ended.\n{Log}") : false)),
            () => $"the probe says '{start}'\n{Log}",
            Patience);
        return found!;
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    public async Task<string> AskAsync(string line, string answer)
    {
        await WriteLineAsync(line);
        return await SaidAsync(answer);
    }

    /// <summary>The process dies by SIGKILL when it comes to the point for the n-th time.</summary>
    public Task DieAtAsync(string point, int nth = 1) => AskAsync($"die {point} {nth}", "armed");

    /// <summary>The process halts when it reaches the point for the n-th time, until <see cref="GoAsync"/>.</summary>
    public Task HaltAtAsync(string point, int nth = 1) => AskAsync($"halt {point} {nth}", "armed");

    public Task HaltedAsync(string point) => SaidAsync($"at {point}");

    public Task GoAsync() => WriteLineAsync("go");

    /// <summary>Orders <paramref name="first"/> and following, each with so many steps; an order that was sold is not sold again.</summary>
    public Task SellAsync(int first, int count, int steps) => AskAsync($"sell {first} {count} {steps}", $"sold {first}");

    /// <summary>The same, and the messages wait in the outbox.</summary>
    public Task SellAsync(int first, int count, int steps, TimeSpan delay) =>
        AskAsync($"sell {first} {count} {steps} {(int)delay.TotalSeconds}", $"sold {first}");

    public Task BeginToSellAsync(int first, int count, int steps) => WriteLineAsync($"sell {first} {count} {steps}");

    public Task SoldAsync(int first) => SaidAsync($"sold {first}");

    public Task<string> HealthAsync() => AskAsync("health", "health");

    /// <summary>NaN while it has no value.</summary>
    public async Task<double> GaugeAsync(string name) =>
        double.Parse((await AskAsync($"gauge {name}", "gauge"))["gauge ".Length..], CultureInfo.InvariantCulture);

    public async Task HealthBecomesAsync(string status, string reason = "")
    {
        var health = "";
        await Eventually.TrueAsync(
            async () => (health = await HealthAsync()).StartsWith($"health {status}", StringComparison.Ordinal)
            && health.Contains(reason, StringComparison.Ordinal),
            $"health is {status} because of '{reason}'",
            Patience);
    }

    /// <summary>The process has died by SIGKILL.</summary>
    public async Task DiedAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        Assert.Equal(128 + 9, _process.ExitCode);
    }

    public void Kill() => _process.Kill();

    /// <summary>SIGSTOP: the process is there, its connections are open, and nothing of it moves.</summary>
    public void Freeze() => Signal(Stop);

    public void Thaw() => Signal(Continue);

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Signal(Terminate);
        using var deadline = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public bool HasEnded => _process.HasExited;

    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log.TakeLast(60));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private string? Take(string start)
    {
        lock (_said)
        {
            var found = _said.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
            if (found is not null)
            {
                _said.Remove(found);
            }

            return found;
        }
    }

    private static void Keep(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
            {
                lines.Add(line);
            }
        }
    }

    private void Signal(int signal) => Assert.Equal(0, SendSignal(_process.Id, signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    /// <summary>As it was built, in the configuration of these tests.</summary>
    private static string FindAssembly()
    {
        var output = Path.GetDirectoryName(typeof(Probe).Assembly.Location)!;
        var project = Path.GetFullPath(Path.Combine(output, "../../.."));
        return Path.GetFullPath(Path.Combine(project, "../BusProbe", Path.GetRelativePath(project, output), "BusProbe.dll"));
    }
}
