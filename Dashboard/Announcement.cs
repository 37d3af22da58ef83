using Dashboard.Listening;

namespace Dashboard;

/// <summary>The addresses, printed at start. A configured token is not printed: the one who configured it has it.</summary>
public static class Announcement
{
    public static void Print(Listeners listeners, DashboardOptions options)
    {
        var frontend = listeners.UrlOf(Purpose.Frontend);
        Console.WriteLine(options.IsBrowserTokenGenerated
            ? $"Flows: {frontend}login?t={options.BrowserToken}"
            : $"Flows: {frontend}");
        foreach (var listener in listeners.All.Where(listener => listener.Purpose != Purpose.Frontend).DistinctBy(listener => listener.Purpose))
        {
            Console.WriteLine($"{listener.Purpose}: {listener.BoundUrl}");
        }
    }
}
