using System.Diagnostics;
using System.Net.Sockets;

namespace Benchmarks.Startup;

/// <summary>
/// Measures <c>dotnet run --project AppHost</c> after a build: the seconds until the dashboard, each server and the shop's page are ready,
/// with new and with existing data; the memory of each part; the seconds until everything has stopped. For comparison, the same round
/// measures the parts alone: the same AppHost with servers that are already running (Aspire's share), and each server started by hand.
/// </summary>
internal static class StartupBenchmark
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The processes are read from /proc: this benchmark needs Linux.");
        }

        if (await IsTakenAsync(cancellationToken))
        {
            throw new InvalidOperationException($"Something listens at {ShopRun.Page}: stop it first.");
        }

        report.Progress("building AppHost");
        await BuildAsync(cancellationToken);
        for (var round = 1; round <= (options.Quick ? 1 : 3); round++)
        {
            report.Progress($"round {round}");
            var data = Directory.CreateTempSubdirectory("shop-benchmark-");
            try
            {
                // Servers that do not run as root must be able to pass through it.
                File.SetUnixFileMode(
                    data.FullName, File.GetUnixFileMode(data.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
                await MeasureAsync(report, Path.Combine(data.FullName, "parts"), data.FullName, "new", cancellationToken);
                await MeasureAsync(report, Path.Combine(data.FullName, "parts"), data.FullName, "kept", cancellationToken);
            }
            finally
            {
                data.Delete(recursive: true);
            }
        }
    }

    private static async Task MeasureAsync(Report report, string parts, string data, string kind, CancellationToken cancellationToken)
    {
        var memory = await MeasureShopAsync(report, data, kind, cancellationToken);

        await using var servers = await HandStartedServers.StartAsync(parts, report, kind, cancellationToken);
        using var aspire = ShopRun.Start(data, servers.ConnectionStrings);
        var page = await aspire.AnswersAsync(ShopRun.Page, cancellationToken);
        report.Add($"page, {kind} data: AppHost with servers that run", page, "s");

        // The page needs only PostgreSQL; the other apps and servers start in parallel.
        report.Add(ChainOfParts(kind), page + servers.PostgresSeconds, "s");
        if (memory is not null)
        {
            await Task.Delay(Rest, cancellationToken);
            var alone = aspire.Memory();
            report.Add("memory: AppHost with servers that run", alone["AppHost"] / 1e6, "MB");

            // Any AppHost with these resources uses this memory too: their clients for health checks and databases.
            report.Add(
                "memory: servers as resources of AppHost, and scripts",
                (memory["AppHost"] + memory.GetValueOrDefault("scripts") - alone["AppHost"]) / 1e6,
                "MB");
        }

        await aspire.StopAsync(cancellationToken);
    }

    private static async Task<Dictionary<string, double>?> MeasureShopAsync(
        Report report, string data, string kind, CancellationToken cancellationToken)
    {
        using var shop = ShopRun.Start(data);
        report.Add($"dashboard, {kind} data", await shop.AnswersAsync(ShopRun.Dashboard, cancellationToken), "s");
        report.Add($"page, {kind} data: dotnet run", await shop.AnswersAsync(ShopRun.Page, cancellationToken), "s", ChainOfParts(kind));
        report.Add($"everything healthy, {kind} data", await shop.ReadyAsync(cancellationToken), "s");
        foreach (var (server, seconds) in shop.HealthyAfter
            .Where(server => server.Key is "postgres" or "messaging" or "basketstore" or "cache"))
        {
            report.Add($"{server} healthy, {kind} data", seconds, "s");
        }

        Dictionary<string, double>? memory = null;
        if (kind == "kept")
        {
            await Task.Delay(Rest, cancellationToken);
            memory = shop.Memory();
            foreach (var (part, bytes) in memory.OrderBy(part => part.Key, StringComparer.Ordinal))
            {
                report.Add($"memory: {part}", bytes / 1e6, "MB");
            }

            report.Add("memory: all", memory.Values.Sum() / 1e6, "MB");
        }

        var (appHost, servers, all) = await shop.StopAsync(cancellationToken);
        report.Add($"stop, {kind} data: AppHost has ended", appHost, "s");

        // Aspire's orchestrator kills processes that are still running after six seconds.
        report.Add($"stop, {kind} data: the last server has ended", servers, "s");
        report.Add($"stop, {kind} data: all processes have ended", all, "s");
        return memory;
    }

    private static string ChainOfParts(string kind) => $"page, {kind} data: slowest chain of parts";

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

    private static async Task<bool> IsTakenAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(ShopRun.Page.Host, ShopRun.Page.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
