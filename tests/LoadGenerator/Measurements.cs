using System.Collections.Concurrent;
using HdrHistogram;

namespace LoadGenerator;

/// <summary>How long each operation took, and how often it failed.</summary>
internal sealed class Measurements
{
    private readonly ConcurrentDictionary<string, Operation> _operations = new(StringComparer.Ordinal);

    public IEnumerable<OperationSummary> Summaries =>
        from operation in _operations
        orderby operation.Key
        select operation.Value.Summarize(operation.Key);

    public void Succeeded(string operation, TimeSpan took) => Of(operation).Succeeded(took);

    public void Failed(string operation, string reason) => Of(operation).Failed(reason);

    private Operation Of(string name) => _operations.GetOrAdd(name, _ => new Operation());

    private sealed class Operation
    {
        // Microseconds, up to ten minutes, three significant digits.
        private const long Longest = 600_000_000;
        private readonly LongHistogram _times = new(1, Longest, 3);
        private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

        public void Succeeded(TimeSpan took)
        {
            lock (_times)
            {
                _times.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 1, Longest));
            }
        }

        public void Failed(string reason) => _failures.AddOrUpdate(reason, 1, (_, count) => count + 1);

        public OperationSummary Summarize(string name)
        {
            // A histogram cannot be read while it is written.
            lock (_times)
            {
                return new OperationSummary(name, _times.TotalCount, At(50), At(95), At(99), At(100), _failures.ToDictionary());
            }

            double At(double percentile) => _times.TotalCount == 0 ? 0 : Milliseconds(_times.GetValueAtPercentile(percentile));
        }

        private static double Milliseconds(long microseconds) => Math.Round(microseconds / 1000.0, 1);
    }
}

/// <summary>Times in milliseconds.</summary>
internal sealed record OperationSummary(
    string Operation, long Count, double P50, double P95, double P99, double Max, IReadOnlyDictionary<string, int> Failures);
