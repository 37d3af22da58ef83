using System.Globalization;

namespace Benchmarks;

/// <param name="Name">The name of the benchmark.</param>
/// <param name="Quick">Shorter and with fewer repetitions: for a check that everything works, not for comparison.</param>
/// <param name="Json">Prints one JSON object per line instead of a table.</param>
/// <param name="Only">
/// The parts to measure: of <c>eventbus</c> raw, bus, hop, masstransit, wolverine; of <c>flows</c> otlp, dashboard. Empty means all.
/// </param>
/// <param name="Transport">The broker of <c>eventbus</c>: rabbitmq, or servicebus, which is a broker of the tests in this process.</param>
/// <param name="Minutes">How long <c>soak</c> lasts.</param>
/// <param name="Replicas">The processes of each app in <c>checkout</c>.</param>
internal sealed record BenchmarkOptions(
    string Name, bool Quick, bool Json, IReadOnlyList<string> Only, string Transport, int Minutes, int Replicas)
{
    /// <summary>The number of measured rounds, after one round of warm-up.</summary>
    public int Rounds => Quick ? 2 : 5;

    /// <summary>How long each measurement publishes.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Quick ? 1 : 3);

    /// <summary>Messages of each measurement that takes a given number.</summary>
    public int Messages => Quick ? 5_000 : 20_000;

    /// <summary>Single messages of each measurement of latency.</summary>
    public int Hops => Quick ? 100 : 300;

    /// <summary>The whole run gives up then.</summary>
    public TimeSpan AtMost => Name == "soak" ? TimeSpan.FromMinutes(Minutes + 15) : TimeSpan.FromMinutes(Quick ? 5 : 20);

    public bool Includes(string part) => Only.Count == 0 || Only.Contains(part);

    public static BenchmarkOptions Parse(string[] args)
    {
        return new BenchmarkOptions(
            args.FirstOrDefault() ?? "",
            args.Contains("--quick"),
            args.Contains("--json"),
            ValueOf("--only")?.Split(',') ?? [],
            ValueOf("--transport") ?? "rabbitmq",
            NumberOf("--minutes") ?? 30,
            NumberOf("--replicas") ?? 1);

        int? NumberOf(string option) =>
            int.TryParse(ValueOf(option), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        string? ValueOf(string option) =>
            Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
    }
}
