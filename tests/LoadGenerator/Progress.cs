using System.Globalization;

namespace LoadGenerator;

/// <summary>Prints how the load goes: a line every five seconds, a table at the end.</summary>
internal static class Progress
{
    public static string Line(TimeSpan elapsed, double rate, int started, int active, int orders, IEnumerable<OperationSummary> operations)
    {
        var all = operations.ToArray();
        var paid = Array.Find(all, operation => operation.Operation == "checkout to paid");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed:hh\\:mm\\:ss}  {rate:0.##} visits/s  {started} visits  {active} active  {orders} orders  {FailuresOf(all)} failures"
            + $"  checkout to paid p50 {paid?.P50:0} p99 {paid?.P99:0} ms");
    }

    public static IEnumerable<string> Table(IEnumerable<OperationSummary> operations)
    {
        yield return $"{"operation",-18}{"count",8}{"p50 ms",10}{"p95 ms",10}{"p99 ms",10}{"max ms",10}  failures";
        foreach (var row in operations)
        {
            var failures = string.Join(", ", row.Failures.Select(failure => $"{failure.Key} × {failure.Value}"));
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Operation,-18}{row.Count,8}{row.P50,10:0.0}{row.P95,10:0.0}{row.P99,10:0.0}{row.Max,10:0.0}  {failures}");
        }
    }

    private static int FailuresOf(IEnumerable<OperationSummary> operations) => operations.Sum(operation => operation.Failures.Values.Sum());
}
