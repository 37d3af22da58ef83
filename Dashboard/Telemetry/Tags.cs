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

    /// <summary>The items of a list of texts, which is kept as <c>[catalog-api, webapp]</c>; none where there is no such tag.</summary>
    public static string[] FindList(this Tag[] tags, string key) =>
        tags.Find(key)?.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static long? FindLong(this Tag[] tags, string key) =>
        long.TryParse(tags.Find(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
