using System.Globalization;

namespace Dashboard.Telemetry;

/// <summary>One attribute of a span, log line, metric or resource; the value as text.</summary>
public readonly record struct Tag(string Key, string Value);

public static class Tags
{
    public static string? Find(this Tag[] tags, string key)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == key)
            {
                return tag.Value;
            }
        }

        return null;
    }

    public static long? FindLong(this Tag[] tags, string key) =>
        long.TryParse(tags.Find(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
