using Flows.Listening;

namespace Flows;

/// <summary>
/// Prints the addresses at the start. A configured token is a secret that is known already, so only a generated one is printed.
/// </summary>
public static class Announcement
{
    public static void Print(Listeners listeners, FlowsOptions options)
    {
        var frontend = listeners.UrlOf(Purpose.Frontend);
        Console.WriteLine(options.IsBrowserTokenGenerated
            ? $"Flows: {frontend}login?t={options.BrowserToken}"
            : $"Flows: {frontend}");
        foreach (var listener in listeners.All
            .Where(listener => listener.Purpose != Purpose.Frontend)
            .DistinctBy(listener => listener.Purpose))
        {
            Console.WriteLine($"{listener.Purpose}: {listener.BoundUrl}");
        }
    }
}
