using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.Testing;
using Servers;

namespace Benchmarks.Soak;

/// <summary>
/// Shoppers buy for half an hour while one part of the shop after another fails. Afterwards the books are checked: nothing that was
/// accepted is lost, doubled or stuck. Memory and disk are measured during the run.
/// </summary>
internal static class SoakRun
{
    private const double VisitsPerSecond = 4;
    private const int Seed = 20261129;
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CalmAtTheEnd = TimeSpan.FromSeconds(30);

    /// <returns>Whether the books are right.</returns>
    public static async Task<bool> RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using var logs = new LogFiles();
        report.Progress($"starting the shop, its logs are in {logs.Folder}");
        await using var app = await RunningShop.StartAsync(hasTelemetry: true, cancellationToken, logs: logs);
        await Warehouse.FillAsync(app.GetEndpoint("webapp", "http"), RunningShop.AdminPassword, cancellationToken);
        using var load = await ShopLoad.StartAsync(app, VisitsPerSecond, cancellationToken);
        report.Progress($"{VisitsPerSecond} visits per second and random faults for {options.Minutes} minutes");

        var faults = new RandomFaults(app, new Random(Seed));
        var (memory, disk) = (new MemorySamples(), new DiskSamples(app));
        var started = Stopwatch.GetTimestamp();
        using (var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            until.CancelAfter(TimeSpan.FromMinutes(options.Minutes));
            await Task.WhenAll(faults.RunAsync(report, until.Token), SampleAsync(until.Token));
        }

        cancellationToken.ThrowIfCancellationRequested();
        report.Progress("no more faults");
        await Task.Delay(CalmAtTheEnd, cancellationToken);
        await disk.AddAsync(Stopwatch.GetElapsedTime(started), cancellationToken);
        report.Progress("checking the books");
        var areRight = await load.FinishAsync(cancellationToken);
        Print(faults, memory, disk, load);
        return areRight;

        async Task SampleAsync(CancellationToken until)
        {
            while (!until.IsCancellationRequested)
            {
                var elapsed = Stopwatch.GetElapsedTime(started);
                memory.Add(elapsed);
                await disk.AddAsync(elapsed, cancellationToken);
                report.Progress(load.Lines.LastOrDefault() ?? "no line from the load yet");
                await Task.Delay(SampleInterval, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static void Print(RandomFaults faults, MemorySamples memory, DiskSamples disk, ShopLoad load)
    {
        var byKind = faults.Caused.Order(StringComparer.Ordinal).CountBy(fault => fault).Select(fault => $"{fault.Key} × {fault.Value}");
        Write($"{faults.Caused.Count} faults: {string.Join(", ", byKind)}");
        Console.WriteLine("");
        Console.WriteLine("| process | memory at the end, MB | growth, MB per hour |");
        Console.WriteLine("| --- | ---: | ---: |");
        foreach (var (part, last, trend) in memory.Trends())
        {
            Write($"| {part} | {last:0} | {(trend is null ? "–" : Invariant($"{trend.PerHour:0.0} ± {trend.Error:0.0}"))} |");
        }

        Console.WriteLine("");
        Console.WriteLine("| on disk | at the start | most | at the end |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (name, samples) in disk.Samples)
        {
            Write($"| {name} | {samples[0].Value:0} | {samples.Max(sample => sample.Value):0} | {samples[^1].Value:0} |");
        }

        Console.WriteLine("");
        foreach (var line in load.Lines.SkipWhile(line => !line.Contains("No more visits", StringComparison.Ordinal)))
        {
            Console.WriteLine(line);
        }
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
