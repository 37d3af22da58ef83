using System.Globalization;
using Flows.Traces;

namespace Flows.Pages.Parts;

/// <summary>Values as people read them.</summary>
public static class Show
{
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

    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    /// <summary>A count with its noun, as in <c>1 message</c> and <c>2 messages</c>.</summary>
    /// <param name="many">The plural; null for the singular with an s.</param>
    public static string Counted(long value, string one, string? many = null) => $"{Count(value)} {(value == 1 ? one : many ?? one + "s")}";

    /// <summary>A number for CSS and SVG, with enough digits for half a pixel on the widest screen.</summary>
    public static string Css(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>
    /// The CSS class with the color of a service or queue. The color is always the same, and the name is always shown too.
    /// </summary>
    public static string Hue(string name)
    {
        // FNV-1a gives the same value in every process, unlike string.GetHashCode.
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
