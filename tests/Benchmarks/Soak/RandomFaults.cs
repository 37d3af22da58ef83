using Aspire.Hosting;
using Servers;

namespace Benchmarks.Soak;

/// <summary>One part of the shop after another fails, for some seconds, in a random way.</summary>
internal sealed class RandomFaults(DistributedApplication app, Random random)
{
    private static readonly string[] Parts =
    [
        "catalog-api", "basket-api", "ordering-api", "webapp", "flows", "mail-sink", "messaging", "postgres", "basketstore", "cache",
    ];

    private static readonly Failure[] Failures = [Failure.Stopped, Failure.Killed, Failure.Frozen];

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

            var (part, failure) = (Parts[random.Next(Parts.Length)], Failures[random.Next(Failures.Length)]);
            report.Progress($"{part} {failure}");
            Caused.Add($"{part} {failure}");
            await using (await Outage.BeginAsync(app, part, failure, CancellationToken.None))
            {
                await PauseAsync(from: 3, to: 15, until);
            }
        }
    }

    private Task PauseAsync(double from, double to, CancellationToken until) =>
        Task.Delay(TimeSpan.FromSeconds(from + (random.NextDouble() * (to - from))), until)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
