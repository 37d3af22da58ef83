using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Benchmarks;

/// <summary>The measured values of all rounds. Prints medians to standard output and progress to standard error.</summary>
internal sealed class Report(BenchmarkOptions options)
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly List<Line> _lines = [];

    /// <param name="name">The name of the measurement.</param>
    /// <param name="unit">The unit, such as <c>msg/s</c>.</param>
    /// <param name="raw">The name of the measurement with the client library alone, or null.</param>
    public void Add(string name, double value, string unit, string? raw = null)
    {
        if (_lines.Find(line => line.Name == name) is not { } line)
        {
            _lines.Add(line = new Line(name, unit, raw, []));
        }

        line.Values.Add(value);
        Progress($"{name}: {Text(value)} {unit}");
    }

    /// <summary>Removes the values of the warm-up.</summary>
    public void Clear() => _lines.Clear();

    public void Progress(string what) =>
        Console.Error.WriteLine(
            $"[{TimeProvider.System.GetElapsedTime(_started).TotalSeconds.ToString("0", CultureInfo.InvariantCulture),4} s] {what}");

    public void Print()
    {
        if (options.Json)
        {
            foreach (var line in _lines)
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { name = line.Name, value = Math.Round(line.Median, 3), unit = line.Unit, ratioToRaw = RatioOf(line) }, Json));
            }

            return;
        }

        Console.WriteLine($"| {"measured",-58} | {"median",9} | {"least",9} | {"most",9} | unit  | to raw |");
        Console.WriteLine(
            $"| {new string('-', 58)} | {new string('-', 8)}: | {new string('-', 8)}: | {new string('-', 8)}: | ----- | -----: |");
        foreach (var line in _lines)
        {
            Console.WriteLine(
                $"| {line.Name,-58} | {Text(line.Median),9} | {Text(line.Values.Min()),9} | "
                + $"{Text(line.Values.Max()),9} | {line.Unit,-5} | {Text(RatioOf(line)),6} |");
        }
    }

    private double? RatioOf(Line line) =>
        _lines.Find(other => other.Name == line.Raw) is { } raw ? Math.Round(line.Median / raw.Median, 3) : null;

    private static string Text(double? value) => value switch
    {
        null => "",
        >= 100 or <= -100 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private sealed record Line(string Name, string Unit, string? Raw, List<double> Values)
    {
        public double Median => Statistics.Quantile(Values, 0.5);
    }
}
