namespace Hosting.Processes.Installation;

/// <summary>Selects the lines of a package manager's output that show progress.</summary>
internal static class ProgressLine
{
    private const int Longest = 110;

    private static readonly string[] Starts =
        ["Get:", "Fetched", "Need to get", "Unpacking", "Setting up", "E:", "W:", "Err:", "Installing", "Downloading", "(", "==>", "Error"];

    public static string? Of(string line)
    {
        line = line.Trim();
        return line.StartsWith("(Reading database", StringComparison.Ordinal)
            || !Starts.Any(start => line.StartsWith(start, StringComparison.Ordinal))
            ? null
            : line.Length > Longest ? $"{line[..(Longest - 1)]}…" : line;
    }
}
