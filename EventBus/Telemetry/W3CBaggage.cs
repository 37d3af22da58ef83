using System.Diagnostics;

namespace EventBus.Telemetry;

/// <summary>The <c>baggage</c> header of W3C: <c>tenant=shop,buyer=J%C3%BCrgen;property</c>.</summary>
internal static class W3CBaggage
{
    public static string? Write(Activity? activity)
    {
        var items = activity?.Baggage
            .Select(item => $"{Uri.EscapeDataString(item.Key)}={Uri.EscapeDataString(item.Value ?? "")}")
            .ToArray();
        return items is { Length: > 0 } ? string.Join(',', items) : null;
    }

    public static IEnumerable<(string Name, string Value)> Read(string? header)
    {
        foreach (var item in (header ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = item.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is [{ Length: > 0 } name, var value])
            {
                yield return (Uri.UnescapeDataString(name), Uri.UnescapeDataString(value));
            }
        }
    }
}
