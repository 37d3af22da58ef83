using System.Diagnostics;
using System.Globalization;

namespace AppHost.FaultLab.Processes;

/// <summary>Processes of this machine by their parents, as Linux and macOS list them.</summary>
internal static class ProcessTree
{
    /// <summary>The process and its descendants, parents first.</summary>
    public static IReadOnlyList<int> Under(int root)
    {
        var children = (OperatingSystem.IsLinux() ? ReadFiles() : AskProgram()).ToLookup(process => process.Parent, process => process.Id);
        return [.. Descend(root)];

        IEnumerable<int> Descend(int id) => children[id].SelectMany(Descend).Prepend(id);
    }

    private static IEnumerable<(int Id, int Parent)> ReadFiles() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0)
        .Select(id => (id, ParentOf(id)));

    // 3938 (name, may contain spaces) S 1 …
    private static int ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return 0;
        }
    }

    // Lines as "  3938     1".
    private static IEnumerable<(int Id, int Parent)> AskProgram()
    {
        using var program = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { RedirectStandardOutput = true })!;
        var lines = program.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(ids => (int.Parse(ids[0], CultureInfo.InvariantCulture), int.Parse(ids[1], CultureInfo.InvariantCulture)));
    }
}
