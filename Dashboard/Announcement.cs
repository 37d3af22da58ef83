using Dashboard.Listening;

namespace Dashboard;

/// <summary>
/// What somebody who started the dashboard by hand needs to open it. The engine hands out a token and tells it itself, so a given token is
/// never printed.
/// </summary>
public static class Announcement
{
    public static void Print(Listeners listeners, DashboardOptions options)
    {
        var frontend = listeners.UrlOf(Purpose.Frontend);
        Console.WriteLine(options.IsBrowserTokenGenerated
            ? $"Dashboard: {frontend}login?t={options.BrowserToken}"
            : $"Dashboard: {frontend}");
        Console.WriteLine($"OTLP: gRPC {listeners.UrlOf(Purpose.OtlpGrpc)}, HTTP {listeners.UrlOf(Purpose.OtlpHttp)}");
    }
}
