using System.Globalization;
using Dashboard.Flows;
using Dashboard.Telemetry;

namespace Dashboard.Components.Parts;

/// <summary>Values as people read them.</summary>
public static class Show
{
    private const int MostOfStatement = 120;

    public static string Duration(TimeSpan span) => span.TotalMicroseconds switch
    {
        < 0 => $"−{Duration(-span)}",
        < 1 => "0",
        < 1_000 => $"{span.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture)} µs",
        < 10_000 => $"{span.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture)} ms",
        < 100_000 => $"{span.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms",
        < 1_000_000 => $"{span.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms",
        < 60_000_000 => $"{span.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s",
        < 3_600_000_000 => $"{(int)span.TotalMinutes} m {span.Seconds:00} s",
        _ => $"{(int)span.TotalHours} h {span.Minutes:00} m",
    };

    /// <summary>What a name by the conventions leaves out: which message was handled in that queue, which statement that database ran.</summary>
    public static string? DetailOf(Span span) => span.Kind switch
    {
        SpanKind.Consumer => span.Tags.Find(MessagingTags.Type),
        SpanKind.Client => (span.Tags.Find("db.query.summary") ?? span.Tags.Find("db.query.text") ?? span.Tags.Find("db.statement"))?
            .ReplaceLineEndings(" ") is { } statement ? statement[..Math.Min(statement.Length, MostOfStatement)] : null,
        _ => null,
    };

    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string DateTime(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff zzz", CultureInfo.InvariantCulture);

    public static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time).TotalSeconds switch
    {
        < 2 => "now",
        < 60 => $"{(int)(now - time).TotalSeconds} s ago",
        < 3_600 => $"{(int)(now - time).TotalMinutes} m ago",
        < 86_400 => $"{(int)(now - time).TotalHours} h {(now - time).Minutes:00} m ago",
        _ => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
    };

    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.01 => value.ToString("0.####e0", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.###", CultureInfo.InvariantCulture),
        < 1_000 => value.ToString("0.#", CultureInfo.InvariantCulture),
        < 1_000_000 => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f'),
        < 1e9 => $"{(value / 1e6).ToString("0.##", CultureInfo.InvariantCulture)} M",
        _ => $"{(value / 1e9).ToString("0.##", CultureInfo.InvariantCulture)} G",
    };

    /// <summary>A metric's value in its unit: seconds and bytes as people say them, all else as a number.</summary>
    public static string Quantity(double value, string unit) => unit switch
    {
        "s" => Duration(TimeSpan.FromSeconds(value)),
        "ms" => Duration(TimeSpan.FromMilliseconds(value)),
        "By" => Bytes(value),
        "By/s" => $"{Bytes(value)}/s",
        _ => $"{Number(value)} {unit}".TrimEnd(),
    };

    public static string Bytes(double value) => Math.Abs(value) switch
    {
        < 1_000 => $"{Number(value)} B",
        < 1e6 => $"{(value / 1e3).ToString("0.#", CultureInfo.InvariantCulture)} kB",
        < 1e9 => $"{(value / 1e6).ToString("0.#", CultureInfo.InvariantCulture)} MB",
        _ => $"{(value / 1e9).ToString("0.##", CultureInfo.InvariantCulture)} GB",
    };

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    /// <summary>A number for CSS and SVG, with enough digits for half a pixel on the widest screen.</summary>
    public static string Css(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The stable colour of a service or queue, as a class; never the only sign of which it is.</summary>
    public static string Hue(string name)
    {
        // FNV-1a: the same in each process, unlike string.GetHashCode.
        var hash = 2166136261u;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return $"hue-{(hash ^ (hash >> 15)) % 12}";
    }

    public static string Brief(TraceId id) => id.ToString()[..8];

    public static string Class(Enum value) => value.ToString().ToLowerInvariant();
}
