using System.Diagnostics;
using Aspire.Hosting.Testing;
using Benchmarks.Messaging;
using Servers;

namespace Benchmarks.Checkout;

/// <summary>
/// Measures a purchase: from the checkout to the paid order when nothing else happens, and how many orders per second all services together
/// process. Client, services and servers share this machine. For comparison: one message through the same broker with its client alone.
/// </summary>
internal static class CheckoutBenchmark
{
    private const string RawHop = "RabbitMQ.Client alone: publish to receive, p50";
    private const int Shoppers = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        report.Progress("starting the shop");
        await using var app = await RunningShop.StartAsync(hasTelemetry: false, cancellationToken, options.Replicas);
        var broker = (await app.GetConnectionStringAsync("messaging", cancellationToken))!;
        await using var events = await OrderEvents.ListenAsync(broker, cancellationToken);
        await using var raw = await RawClient.ConnectAsync(broker, cancellationToken);
        var shop = app.GetEndpoint("webapp", "http");
        var products = await Warehouse.FillAsync(shop, RunningShop.AdminPassword, cancellationToken);
        var buyers = await Task.WhenAll(
            Enumerable.Range(0, Shoppers).Select(_ => Buyer.ComeAsync(shop, products, cancellationToken)));
        try
        {
            for (var round = 0; round <= options.Rounds; round++)
            {
                report.Progress(round == 0 ? "round to warm up" : $"round {round} of {options.Rounds}");
                report.Add(RawHop, Statistics.Quantile(await raw.HopAsync(options.Hops, Pause, cancellationToken), 0.5), "ms");
                await MeasureLatencyAsync(report, buyers[0], events, options.Hops, cancellationToken);
                await MeasureRateAsync(report, buyers, events, options.Duration * 3, cancellationToken);
                if (round == 0)
                {
                    report.Clear();
                }
            }
        }
        finally
        {
            Array.ForEach(buyers, buyer => buyer.Dispose());
        }

        report.Progress("stopping");
    }

    private static async Task MeasureLatencyAsync(
        Report report, Buyer buyer, OrderEvents events, int count, CancellationToken cancellationToken)
    {
        var purchases = new List<Purchase>(count);
        for (var number = 0; number < count; number++)
        {
            await Task.Delay(Pause, cancellationToken);
            purchases.Add(await buyer.BuyAsync(events, cancellationToken));
        }

        report.Add("checkout, idle: accepted, p50", Quantile(purchase => purchase.Accepted, 0.5), "ms");
        report.Add("checkout, idle: to Paid, p50 (goal 40)", Quantile(purchase => purchase.Paid, 0.5), "ms", RawHop);
        report.Add("checkout, idle: to Paid, p99", Quantile(purchase => purchase.Paid, 0.99), "ms");
        report.Add("of that: events in the outbox, p50", Quantile(purchase => purchase.Outcome.Outbox, 0.5), "ms");
        report.Add("of that: events in the broker, p50", Quantile(purchase => purchase.Outcome.Broker, 0.5), "ms");
        report.Add(
            "of that: handlers, commits, the command to charge, p50",
            Quantile(purchase => purchase.Paid - purchase.Outcome.Outbox - purchase.Outcome.Broker, 0.5), "ms");

        double Quantile(Func<Purchase, double> of, double quantile) => Statistics.Quantile(purchases.Select(of), quantile);
    }

    /// <summary>A closed loop: each shopper buys again as soon as the order is paid, so no backlog grows.</summary>
    private static async Task MeasureRateAsync(
        Report report, Buyer[] buyers, OrderEvents events, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(buyers.Select(BuyAsync));
        report.Add(
            $"orders per second, {Shoppers} shoppers (goal 60)", counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds, "1/s");

        async Task<int> BuyAsync(Buyer buyer)
        {
            var count = 0;
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await buyer.BuyAsync(events, cancellationToken);
                count++;
            }

            return count;
        }
    }
}
