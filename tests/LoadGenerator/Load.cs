using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace LoadGenerator;

/// <summary>
/// Starts visits at the chosen rate without waiting for earlier ones, so a slow shop does not reduce the load. Then waits for the orders to
/// reach their end, checks the books and ends the process; the exit code is 0 only if the books are right.
/// </summary>
internal sealed class Load(
    IHttpClientFactory clients,
    Rate rate,
    Measurements measurements,
    PlacedOrders orders,
    Books books,
    CopyBooks copies,
    IOptions<LoadOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock) : BackgroundService
{
    private const int MostVisits = 5000;
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _finish = new();
    private int _started;
    private int _active;

    /// <summary>Starts no more visits.</summary>
    public void Finish() => _finish.Cancel();

    public override void Dispose()
    {
        _finish.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _finish.Token);
        if (options.Value.Duration is { } duration)
        {
            ended.CancelAfter(duration);
        }

        try
        {
            var before = await books.OpenAsync(stoppingToken);
            var started = clock.GetTimestamp();
            await Task.WhenAll(ReportAsync(started, ended.Token), StartVisitsAsync(ended.Token, stoppingToken));
            await SettleAsync(stoppingToken);
            Print(Progress.Table(measurements.Summaries));
            string[] faults =
            [
                .. await books.CheckAsync(before, orders.All, stoppingToken),
                .. before is null ? [] : await copies.CheckAsync(orders.All, stoppingToken),
            ];
            Print(faults.Length == 0 ? [$"The books are right: {orders.All.Count} orders."] : faults);
            Environment.ExitCode = faults.Length == 0 ? 0 : 1;
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task StartVisitsAsync(CancellationToken ended, CancellationToken stop)
    {
        var due = Stopwatch.GetTimestamp();
        while (!ended.IsCancellationRequested)
        {
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            if (_active < MostVisits)
            {
                Interlocked.Increment(ref _active);
                _started++;
                _ = VisitAsync(due, stop);
            }
            else
            {
                measurements.Failed("visit", "too many at once");
            }

            due += (long)(rate.NextGap().TotalSeconds * Stopwatch.Frequency);
        }
    }

    private async Task VisitAsync(long due, CancellationToken stop)
    {
        try
        {
            var shop = new ShopClient(clients.CreateClient(nameof(Load)), measurements);
            await new Visit(shop, orders, new Random(), clock).RunAsync(due, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process ends.
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    private async Task ReportAsync(long started, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(ReportInterval, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Print([Progress.Line(
                clock.GetElapsedTime(started), rate.PerSecond, _started, _active, orders.All.Count, measurements.Summaries)]);
        }
    }

    private async Task SettleAsync(CancellationToken stop)
    {
        Print(["No more visits. Waiting for the orders to reach their end."]);
        for (var started = clock.GetTimestamp(); _active > 0 && clock.GetElapsedTime(started) < options.Value.Settle;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, stop);
        }
    }

    private static void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }
    }
}
