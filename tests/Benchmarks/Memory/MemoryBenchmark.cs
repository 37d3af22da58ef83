using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting.Testing;
using Benchmarks.Checkout;
using Benchmarks.Startup;
using Servers;

namespace Benchmarks.Memory;

/// <summary>
/// Measures the memory and the processor time of each part of the shop: when nothing happens, and with 20 orders per second that come at
/// fixed times. AppHost and the shoppers are in the process of the benchmark.
/// </summary>
internal static class MemoryBenchmark
{
    private const int OrdersPerSecond = 20;

    // Each has one order at a time, which on a slow machine may take seconds.
    private const int Shoppers = 60;

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var duration = TimeSpan.FromSeconds(options.Quick ? 10 : 60);
        report.Progress("starting the shop");
        await using var app = await RunningShop.StartAsync(hasTelemetry: true, cancellationToken);
        var shop = app.GetEndpoint("webapp", "http");
        await using var events = await OrderEvents.ListenAsync(
            (await app.GetConnectionStringAsync("messaging", cancellationToken))!, cancellationToken);
        var products = await Warehouse.FillAsync(shop, RunningShop.AdminPassword, cancellationToken);
        var buyers = await Task.WhenAll(
            Enumerable.Range(0, Shoppers).Select(_ => Buyer.ComeAsync(shop, products, cancellationToken)));
        try
        {
            report.Progress("warming up");
            foreach (var buyer in buyers)
            {
                await buyer.BuyAsync(events, cancellationToken);
            }

            report.Progress($"nothing for {duration.TotalSeconds} s");
            await MeasureAsync(report, "idle", () => Task.Delay(duration, cancellationToken));
            report.Progress($"{OrdersPerSecond} orders per second for {duration.TotalSeconds} s");
            await MeasureAsync(
                report, $"{OrdersPerSecond} orders/s", () => BuyAsync(buyers, events, duration, cancellationToken));
        }
        finally
        {
            Array.ForEach(buyers, buyer => buyer.Dispose());
        }

        report.Progress("stopping");
    }

    private static async Task MeasureAsync(Report report, string when, Func<Task> workAsync)
    {
        int[] roots = [Environment.ProcessId, .. ShopProcesses.OrchestratorsOf(Environment.ProcessId)];
        var before = ShopProcesses.ProcessorTimeOf(roots);
        var started = Stopwatch.GetTimestamp();
        await workAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = ShopProcesses.ProcessorTimeOf(roots);
        var memory = ShopProcesses.MemoryOf(roots);
        foreach (var part in memory.Keys.Order(StringComparer.Ordinal))
        {
            report.Add($"{part}, {when}: memory", memory[part] / 1e6, "MB");
            report.Add(
                $"{part}, {when}: processors", (after.GetValueOrDefault(part) - before.GetValueOrDefault(part)) / seconds, "cores");
        }

        report.Add($"all, {when}: memory", memory.Values.Sum() / 1e6, "MB");
        report.Add($"all, {when}: processors", (after.Values.Sum() - before.Values.Sum()) / seconds, "cores");
    }

    /// <summary>An open loop: an order starts at its time, however slow earlier ones are.</summary>
    /// <exception cref="InvalidOperationException">All shoppers wait for their orders: the machine is too slow for this rate.</exception>
    private static async Task BuyAsync(Buyer[] buyers, OrderEvents events, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var orders = new List<Task>();
        var free = new ConcurrentQueue<Buyer>(buyers);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / OrdersPerSecond));
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            orders.Add(free.TryDequeue(out var buyer)
                ? BuyOneAsync(buyer)
                : throw new InvalidOperationException($"{Shoppers} orders are open: {OrdersPerSecond} per second are too many."));
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        await Task.WhenAll(orders);

        async Task BuyOneAsync(Buyer buyer)
        {
            await buyer.BuyAsync(events, cancellationToken);
            free.Enqueue(buyer);
        }
    }
}
