using System.Diagnostics;
using System.Net.Http.Json;

namespace Benchmarks.Flows;

/// <summary>
/// Sends 20 000 spans per second to Flows at a fixed rate, and reads its pages at the same time; then the same through Aspire's dashboard,
/// at several rates. Sender, reader and Flows run on the same machine.
/// </summary>
internal static class FlowsBenchmark
{
    private const int SpansPerSecond = 20_000;
    private static readonly int[] FollowedRates = [1_000, 5_000];
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly string[] Read = ["/", "/flows", "/messages", "/topology", "/api/flows"];

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var duration = TimeSpan.FromSeconds(options.Quick ? 10 : 60);
        if (options.Includes("otlp"))
        {
            await SendDirectlyAsync(report, duration, cancellationToken);
        }

        if (options.Includes("dashboard"))
        {
            foreach (var rate in FollowedRates)
            {
                await FollowDashboardAsync(report, rate, duration / 3, cancellationToken);
            }
        }
    }

    private static async Task SendDirectlyAsync(Report report, TimeSpan duration, CancellationToken cancellationToken)
    {
        report.Progress("starting Flows");
        await using var flows = await FlowsProcess.StartAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = flows.Pages };
        client.DefaultRequestHeaders.Add("x-api-key", FlowsProcess.Token);
        using var sender = new SpanSender(flows.OtlpGrpc);
        report.Progress("warming up");
        await SendAsync(sender, SpansPerSecond, TimeSpan.FromSeconds(5), cancellationToken);

        report.Progress($"sending {SpansPerSecond} spans/s for {duration.TotalSeconds} s");
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = Task.WhenAll(Read.Select(path => ReadAsync(report, client, path, sending.Token)));
        var memory = WatchAsync(flows, sending.Token);
        var rate = await SendAsync(sender, SpansPerSecond, duration, cancellationToken);
        sender.Flush();
        await sending.CancelAsync();
        await readers;

        var intake = (await client.GetFromJsonAsync<Intake>("/api/intake", cancellationToken))!;
        report.Add("spans sent per second", rate, "1/s");
        report.Add("spans that no exporter could send", sender.Failed, "spans");
        report.Add("spans refused", intake.Refused, "spans");
        report.Add(
            "spans missing: accepted - kept - dropped - refused",
            sender.Accepted - intake.Kept - intake.Dropped - intake.Refused,
            "spans");
        report.Add("spans dropped for newer ones", intake.Dropped, "spans");
        report.Add("working set, highest (bound 300)", await memory, "MB");
    }

    /// <summary>The senders send to Aspire's dashboard, and Flows reads from its telemetry API what that gives.</summary>
    private static async Task FollowDashboardAsync(Report report, int rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        report.Progress($"sending {rate} spans/s to Aspire's dashboard, which Flows follows");
        await using var dashboard = await DashboardProcess.StartAsync(cancellationToken);
        await using var flows = await FlowsProcess.StartAsync(cancellationToken, $"--Flows:Dashboard:Url={dashboard.Pages}");
        using var client = new HttpClient { BaseAddress = flows.Pages };
        client.DefaultRequestHeaders.Add("x-api-key", FlowsProcess.Token);
        using var sender = new SpanSender(dashboard.OtlpGrpc);
        var started = Stopwatch.GetTimestamp();
        await SendAsync(sender, rate, duration, cancellationToken);
        sender.Flush();
        var taken = sender.Accepted / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (received, after) = await SettledAsync(client, cancellationToken);
        report.Add($"dashboard, {rate}/s: spans that it took per second", taken, "1/s");
        report.Add($"dashboard, {rate}/s: spans that it refused", sender.Failed, "spans");
        report.Add($"dashboard, {rate}/s: of its spans, in Flows", 100.0 * received / sender.Accepted, "%");
        report.Add($"dashboard, {rate}/s: the last one is there after", after.TotalSeconds, "s");
    }

    // The number no longer changes for three seconds.
    private static async Task<(long Received, TimeSpan After)> SettledAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var (received, changed) = (-1L, TimeSpan.Zero);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Stopwatch.GetElapsedTime(started) - changed < TimeSpan.FromSeconds(3))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            var now = (await client.GetFromJsonAsync<Intake>("/api/intake", cancellationToken))!.Received;
            if (now != received)
            {
                (received, changed) = (now, Stopwatch.GetElapsedTime(started));
            }
        }

        return (received, changed);
    }

    /// <summary>An open loop: what should have been sent by now is sent, however slow the answers are.</summary>
    /// <returns>Spans per second.</returns>
    private static async Task<double> SendAsync(
        SpanSender sender, int spansPerSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var orders = 0L;
        using var timer = new PeriodicTimer(Tick);
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * spansPerSecond / SpanSender.SpansPerOrder);
            for (; orders < due; orders++)
            {
                sender.SendOrder();
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return orders * SpanSender.SpansPerOrder / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task ReadAsync(Report report, HttpClient client, string path, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var started = Stopwatch.GetTimestamp();
                await client.GetByteArrayAsync(path, cancellationToken);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            report.Add($"GET {path}, p50", Statistics.Quantile(took, 0.5), "ms");
            report.Add($"GET {path}, p95 (goal 200)", Statistics.Quantile(took, 0.95), "ms");
        }
    }

    private static async Task<double> WatchAsync(FlowsProcess flows, CancellationToken cancellationToken)
    {
        var highest = 0.0;
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                highest = Math.Max(highest, flows.Megabytes);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the measurement.
        }

        return highest;
    }

    private sealed record Intake(long Received, long Kept, long Dropped, long Refused);
}
