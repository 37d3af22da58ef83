using System.Globalization;
using System.Text.Json;

namespace Flows.Traces;

/// <summary>One attribute of a span, log line, metric or resource; the value as text.</summary>
public readonly record struct Tag(string Key, string Value);

public static class Tags
{
    /// <summary>The value of an attribute; null if there is none, or an empty one.</summary>
    public static string? Find(this Tag[] tags, string key)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == key)
            {
                return tag.Value.Length > 0 ? tag.Value : null;
            }
        }

        return null;
    }

    /// <summary>
    /// The items of a list of texts, or none if there is no such tag. A list is stored as <c>[catalog-api, webapp]</c>; Aspire's dashboard
    /// sends it as JSON in a text: <c>["catalog-api","webapp"]</c>.
    /// </summary>
    public static string[] FindList(this Tag[] tags, string key)
    {
        if (tags.Find(key) is not { } text)
        {
            return [];
        }

        try
        {
            return text.StartsWith("[\"", StringComparison.Ordinal)
                ? [.. (JsonSerializer.Deserialize<string?[]>(text) ?? []).OfType<string>()]
                : text.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries);
        }
        catch (JsonException)
        {
            // Not a list of texts, or cut at the maximum length of a value.
            return [];
        }
    }

    public static long? FindLong(this Tag[] tags, string key) =>
        long.TryParse(tags.Find(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
