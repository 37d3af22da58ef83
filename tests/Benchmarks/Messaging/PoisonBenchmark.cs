using System.Collections.Concurrent;
using System.Diagnostics;

namespace Benchmarks.Messaging;

/// <summary>
/// Measures how long good messages wait at 500 messages per second, if none or every fiftieth message is a poison message whose handler
/// always throws. Poison messages have three attempts and are then dead-lettered.
/// </summary>
internal static class PoisonBenchmark
{
    private const int PerCommit = 10;
    private const int OneIn = 50;
    private const string DeadLetters = $"{BusHost.Queue}.dead-letter";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        report.Progress("starting PostgreSQL and RabbitMQ");
        await using var servers = await BenchmarkServers.StartAsync(cancellationToken);
        await using var raw = await RawClient.ConnectAsync(servers.Broker, cancellationToken);
        await EventBusBenchmark.CreateTopologyAsync(servers, cancellationToken);

        for (var round = 0; round <= options.Rounds; round++)
        {
            report.Progress(round == 0 ? "round to warm up" : $"round {round} of {options.Rounds}");
            foreach (var inBatches in new[] { false, true })
            {
                foreach (var poisoned in new[] { false, true })
                {
                    await servers.ClearAsync(cancellationToken);
                    await raw.PurgeAsync(DeadLetters, cancellationToken);
                    var waits = await MeasureAsync(servers, raw, options.Duration * 3, inBatches, poisoned, cancellationToken);
                    var name =
                        $"{(inBatches ? "micro-batched" : "one by one")}, "
                        + $"{(poisoned ? $"1 in {OneIn} poisoned" : "none poisoned")}: publish → handler, ";
                    report.Add(name + "p50", Statistics.Quantile(waits, 0.5), "ms");
                    report.Add(name + "p99", Statistics.Quantile(waits, 0.99), "ms");
                }
            }

            if (round == 0)
            {
                report.Clear();
            }
        }

        report.Progress("stopping the servers");
    }

    private static async Task<ICollection<double>> MeasureAsync(
        BenchmarkServers servers, RawClient raw, TimeSpan duration, bool inBatches, bool poisoned, CancellationToken cancellationToken)
    {
        await using var seller = BusHost.Seller(servers);
        await using var consumer = BusHost.Consumer(
            servers, inBatches, bus => bus.RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
        var waits = new ConcurrentDictionary<int, double>();
        consumer.Arrivals.OnHandling = sold =>
        {
            if (poisoned && sold.Number % OneIn == 0)
            {
                throw new InvalidOperationException("Poison.");
            }

            // A good message that was rolled back together with a poison message is handled again; its last time counts.
            waits[sold.Number] = Stopwatch.GetElapsedTime(sold.SoldAt).TotalMilliseconds;
        };
        await consumer.StartAsync(cancellationToken);
        await seller.StartAsync(cancellationToken);
        await seller.IsHealthyAsync(cancellationToken);

        var sold = await SellAsync(seller, duration, cancellationToken);
        var poison = poisoned ? (sold + OneIn - 1) / OneIn : 0;
        await UntilAsync(
            async () => waits.Count == sold - poison && await raw.CountAsync(DeadLetters, cancellationToken) == poison, cancellationToken);
        return waits.Values;
    }

    private static async Task<int> SellAsync(BusHost seller, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace);
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            await seller.SellAsync(Enumerable.Range(count, PerCommit).Select(BusHost.Sale), cancellationToken);
            count += PerCommit;
        }

        return count;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }
}
