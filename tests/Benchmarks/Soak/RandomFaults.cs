using Aspire.Hosting;
using Servers;

namespace Benchmarks.Soak;

/// <summary>
/// One part of the shop after another fails, for some seconds, in a random way. Half of the parts only freeze, so that their processes live
/// long enough to show whether their memory grows.
/// </summary>
internal sealed class RandomFaults
{
    private static readonly string[] Parts =
    [
        "catalog-api", "basket-api", "ordering-api", "webapp", "flows", "mail-sink", "messaging", "postgres", "basketstore", "cache",
    ];

    private static readonly Failure[] Failures = [Failure.Stopped, Failure.Killed, Failure.Frozen];

    private readonly DistributedApplication _app;
    private readonly Random _random;
    private readonly HashSet<string> _onlyFrozen;

    public RandomFaults(DistributedApplication app, Random random)
    {
        (_app, _random) = (app, random);
        _onlyFrozen = [.. Parts.OrderBy(_ => random.Next()).Take(Parts.Length / 2)];
    }

    /// <summary>What failed so far, as in <c>postgres killed</c>.</summary>
    public List<string> Caused { get; } = [];

    public async Task RunAsync(Report report, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await PauseAsync(from: 10, to: 20, until);
            if (until.IsCancellationRequested)
            {
                return;
            }

            var part = Parts[_random.Next(Parts.Length)];
            var failure = _onlyFrozen.Contains(part) ? Failure.Frozen : Failures[_random.Next(Failures.Length)];
            report.Progress($"{part} {failure}");
            Caused.Add($"{part} {failure}");
            await using (await Outage.BeginAsync(_app, part, failure, CancellationToken.None))
            {
                await PauseAsync(from: 3, to: 15, until);
            }
        }
    }

    private Task PauseAsync(double from, double to, CancellationToken until) =>
        Task.Delay(TimeSpan.FromSeconds(from + (_random.NextDouble() * (to - from))), until)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
