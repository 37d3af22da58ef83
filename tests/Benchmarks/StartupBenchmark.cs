using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Benchmarks;

/// <summary>
/// <c>dotnet run --project AppHost</c>, built before: until the shop's page answers, with empty data and with kept data; the memory of each
/// part when nothing happens; until all of it has stopped.
/// </summary>
internal static class StartupBenchmark
{
    private static readonly Uri Page = new("http://localhost:5100/");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The processes are read from /proc: this benchmark needs Linux.");
        }

        if (await IsTakenAsync(cancellationToken))
        {
            throw new InvalidOperationException($"Something listens at {Page}: stop it first.");
        }

        report.Progress("building AppHost");
        await BuildAsync(cancellationToken);
        for (var round = 1; round <= options.Rounds; round++)
        {
            report.Progress($"round {round} of {options.Rounds}");

            // What the user types looks first whether what was built is still the newest.
            await MeasureAsync(report, "dotnet run", [], cancellationToken);
            await MeasureAsync(report, "dotnet run --no-build", ["--no-build"], cancellationToken);
        }
    }

    [SupportedOSPlatform("linux")]
    private static async Task MeasureAsync(Report report, string command, string[] arguments, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("shop-benchmark-");
        try
        {
            // Servers that do not run as root walk through it.
            File.SetUnixFileMode(data.FullName, File.GetUnixFileMode(data.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            await MeasureAsync(report, command, arguments, "cold", data.FullName, cancellationToken);
            await MeasureAsync(report, command, arguments, "warm", data.FullName, cancellationToken);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(
        Report report, string command, string[] arguments, string data, string folder, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var shop = StartShop(arguments, folder);
        try
        {
            await AnswersAsync(shop, cancellationToken);
            report.Add($"{data}: {command} → shop page answers", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");

            if (data == "warm" && arguments.Length == 0)
            {
                await Task.Delay(Rest, cancellationToken);
                var memory = ProcessTree.MemoryOf(shop.Id);
                foreach (var (part, bytes) in memory.OrderBy(part => part.Key, StringComparer.Ordinal))
                {
                    report.Add($"memory, idle: {part}", bytes / 1e6, "MB");
                }

                report.Add("memory, idle: all", memory.Values.Sum() / 1e6, "MB");
            }

            var stopping = Stopwatch.GetTimestamp();
            await ProcessTree.InterruptAsync(shop.Id, "AppHost", cancellationToken);
            await shop.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            report.Add($"{data}: Ctrl+C → all stopped", Stopwatch.GetElapsedTime(stopping).TotalSeconds, "s");
        }
        finally
        {
            shop.Kill(entireProcessTree: true);
        }
    }

    private static Process StartShop(string[] arguments, string data)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "-c", "Release", .. arguments, "--project", Repository.PathOf("AppHost")])
        {
            Environment = { ["XDG_DATA_HOME"] = data },
            RedirectStandardOutput = true,
        };
        var shop = Process.Start(start)!;
        shop.OutputDataReceived += (_, _) => { };
        shop.BeginOutputReadLine();
        return shop;
    }

    private static async Task BuildAsync(CancellationToken cancellationToken)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", "-c", "Release", "-v", "q", Repository.PathOf("AppHost")])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await build.StandardOutput.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }

    private static async Task AnswersAsync(Process shop, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience && !shop.HasExited)
        {
            try
            {
                using var page = await http.GetAsync(Page, cancellationToken);
                if (page.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        throw new TimeoutException(shop.HasExited ? $"AppHost ended with {shop.ExitCode}." : $"No page within {Patience}.");
    }

    private static async Task<bool> IsTakenAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Page.Host, Page.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
