using System.Diagnostics;
using System.Globalization;

namespace AppHost.FaultLab.Processes;

/// <summary>Processes of this machine by their parents, as Linux and macOS list them.</summary>
internal static class ProcessTree
{
    /// <summary>The process and its descendants, parents first.</summary>
    public static IReadOnlyList<RunningProcess> Under(int root)
    {
        var all = OperatingSystem.IsLinux() ? ReadFiles() : AskProgram();
        var children = all.ToLookup(process => process.Parent);
        return [.. all.Where(process => process.Id == root).SelectMany(Descend)];

        IEnumerable<RunningProcess> Descend(RunningProcess process) => children[process.Id].SelectMany(Descend).Prepend(process);
    }

    private static RunningProcess[] ReadFiles() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(ReadFile)
            .OfType<RunningProcess>(),
    ];

    // 3938 (name, may contain spaces) S 1 …
    private static RunningProcess? ReadFile(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return Parse([$"{id}", .. stat[(stat.LastIndexOf(')') + 2)..].Split(' ')]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return null;
        }
    }

    // Lines as "  3938 S        1".
    private static RunningProcess[] AskProgram()
    {
        using var program = Process.Start(
            new ProcessStartInfo("ps", ["-A", "-o", "pid=,state=,ppid="]) { RedirectStandardOutput = true })!;
        var lines = program.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
    }

    private static RunningProcess Parse(string[] fields) => new(
        int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1][0], int.Parse(fields[2], CultureInfo.InvariantCulture));
}
