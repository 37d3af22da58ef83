using Benchmarks.Startup;
using Servers;

namespace Benchmarks.Soak;

/// <summary>The memory of each process of the shop, read again and again.</summary>
internal sealed class MemorySamples
{
    /// <summary>A new process first loads and compiles its code, and fills its caches.</summary>
    private static readonly TimeSpan Warmup = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(string Part, int Process), List<(double Hours, double Value)>> _samples = [];

    public void Add(TimeSpan elapsed)
    {
        int[] roots = [Environment.ProcessId, .. ShopProcesses.OrchestratorsOf(Environment.ProcessId)];
        foreach (var part in ProcessTree.Under(roots).GroupBy(process => ShopProcesses.PartOf(process.CommandLine)))
        {
            // PostgreSQL has a process for each connection; only their sum tells something. It goes on while the first of them lives.
            var key = (part.Key, part.First().Id);
            if (!_samples.TryGetValue(key, out var samples))
            {
                _samples.Add(key, samples = []);
            }

            samples.Add((elapsed.TotalHours, part.Sum(process => ShopProcesses.PssOf(process.Id)) / 1e6));
        }
    }

    /// <summary>By part: the megabytes of the last sample, and the trend without the first minutes of each process.</summary>
    public IEnumerable<(string Part, double Last, Trend? Trend)> Trends() => _samples
        .GroupBy(samples => samples.Key.Part, samples => samples.Value)
        .OrderBy(part => part.Key, StringComparer.Ordinal)
        .Select(part => (
            part.Key,
            part.MaxBy(samples => samples[^1].Hours)![^1].Value,
            Trend.Of([.. part.Select(WithoutWarmup)])));

    private static List<(double Hours, double Value)> WithoutWarmup(List<(double Hours, double Value)> samples) =>
        [.. samples.Where(sample => sample.Hours > samples[0].Hours + Warmup.TotalHours)];
}
