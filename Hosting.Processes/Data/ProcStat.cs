using System.Globalization;

namespace Hosting.Processes.Data;

/// <summary>A line of <c>/proc/{id}/stat</c>: <c>3938 (postgres) S 1 3938 3938 0 -1 … 52034 …</c>.</summary>
internal readonly record struct ProcStat(int Id, string Name, bool IsZombie, int Parent, long Start)
{
    public static ProcStat? Read(int id)
    {
        try
        {
            // The name may contain spaces and parentheses, so the fields are counted from the last parenthesis.
            var line = File.ReadAllText($"/proc/{id}/stat");
            var end = line.LastIndexOf(')');
            var fields = line[(end + 2)..].Split(' ');
            return new(
                id, line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..end], fields[0] is "Z" or "X",
                int.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    public static IEnumerable<ProcStat> All() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
        .OfType<ProcStat>()
        .Where(stat => !stat.IsZombie);

    /// <summary>The arguments of a process, program first; empty if the process has ended or belongs to another user.</summary>
    public static string[] CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
