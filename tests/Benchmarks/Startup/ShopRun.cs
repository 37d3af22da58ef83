using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Servers;

namespace Benchmarks.Startup;

/// <summary>One <c>dotnet run --project AppHost</c>, timed from the command.</summary>
internal sealed partial class ShopRun : IDisposable
{
    public static readonly Uri Page = new("http://localhost:5100/");
    public static readonly Uri Dashboard = new("http://localhost:15000/login");

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Servers = ["PostgreSQL", "RabbitMQ", "Redis", "scripts"];

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource<double> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, double> _healthyAfter = new();
    private readonly Process _command;

    private ShopRun(Process command)
    {
        _command = command;
        command.OutputDataReceived += (_, line) => Read(line.Data ?? "");
        command.BeginOutputReadLine();
    }

    /// <summary>Seconds until each resource was healthy.</summary>
    public IReadOnlyDictionary<string, double> HealthyAfter => _healthyAfter;

    /// <param name="data">The folder of the volumes.</param>
    /// <param name="connectionStrings">Connection strings of running servers, or null to let AppHost start its own.</param>
    public static ShopRun Start(string data, IReadOnlyDictionary<string, string>? connectionStrings = null)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "-c", "Release", "--project", Repository.PathOf("AppHost")])
        {
            Environment = { ["XDG_DATA_HOME"] = data, ["Shop__Servers"] = connectionStrings is null ? "processes" : "managed" },
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in connectionStrings ?? new Dictionary<string, string>())
        {
            start.Environment[$"ConnectionStrings__{name}"] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Seconds until a page answers.</summary>
    public async Task<double> AnswersAsync(Uri page, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        while (Stopwatch.GetElapsedTime(_started) < Patience && !_command.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(page, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return Stopwatch.GetElapsedTime(_started).TotalSeconds;
                }
            }
            catch (HttpRequestException)
            {
                // It does not answer yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        throw new TimeoutException(
            _command.HasExited ? $"AppHost ended with {_command.ExitCode}." : $"{page} did not answer within {Patience}.");
    }

    /// <summary>Seconds until AppHost said that the shop is ready.</summary>
    public Task<double> ReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(Patience, cancellationToken);

    /// <summary>Bytes by part.</summary>
    public Dictionary<string, double> Memory() => ShopProcesses.MemoryOf([_command.Id, .. ShopProcesses.OrchestratorsOf(AppHost())]);

    /// <summary>
    /// Ends AppHost as Ctrl+C does; seconds until it, the last of its servers, and the last of all its processes had ended.
    /// </summary>
    public async Task<(double AppHost, double Servers, double All)> StopAsync(CancellationToken cancellationToken)
    {
        var appHost = AppHost();
        var all = ProcessTree.Under([_command.Id, .. ShopProcesses.OrchestratorsOf(appHost)]);
        var servers = all.Where(process => Servers.Contains(ShopProcesses.PartOf(process.CommandLine))).ToArray();
        var began = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-INT", appHost.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(cancellationToken);
        }

        return (await EndedAsync([(appHost, [])]), await EndedAsync(servers), await EndedAsync(all));

        async Task<double> EndedAsync(IReadOnlyList<(int Id, string[] CommandLine)> processes)
        {
            while (processes.Any(process => ProcessTree.IsAlive(process.Id)) && Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }

            return Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }

    public void Dispose()
    {
        if (!_command.HasExited)
        {
            _command.Kill(entireProcessTree: true);
        }

        _command.Dispose();
    }

    private int AppHost() => ProcessTree.Under([_command.Id]).Single(process => Path.GetFileName(process.CommandLine[0]) == "AppHost").Id;

    private void Read(string line)
    {
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        if (Healthy().Match(line) is { Success: true } healthy)
        {
            _healthyAfter[healthy.Groups[1].Value] = seconds;
        }
        else if (line.StartsWith("Shop is ready", StringComparison.Ordinal))
        {
            _ready.TrySetResult(seconds);
        }
    }

    [GeneratedRegex(@"^ *[0-9.]+ s  (\S+) is healthy")]
    private static partial Regex Healthy();
}
