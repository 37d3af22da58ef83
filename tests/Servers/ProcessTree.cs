using System.Globalization;

namespace Servers;

/// <summary>Processes and all their descendants, read from <c>/proc</c>.</summary>
public static class ProcessTree
{
    /// <summary>All processes of the machine.</summary>
    public static IEnumerable<(int Id, int Parent)> Everything() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0)
        .Select(id => (id, ParentOf(id)));

    /// <summary>The given processes and their descendants, parents first.</summary>
    public static IReadOnlyList<(int Id, string[] CommandLine)> Under(IEnumerable<int> roots)
    {
        var children = Everything().ToLookup(process => process.Parent, process => process.Id);
        return [.. roots.SelectMany(Descend).Select(id => (id, CommandLineOf(id)))];

        IEnumerable<int> Descend(int id) => children[id].SelectMany(Descend).Prepend(id);
    }

    public static bool IsAlive(int id) =>
        Read(id, "stat") is { Length: > 0 } stat && stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');

    /// <summary>Seconds of processor time; 0 when the process has ended.</summary>
    public static double ProcessorTimeOf(int id)
    {
        // The 14th and 15th field, in hundredths of a second: user and system.
        var fields = FieldsOf(id);
        return fields.Length > 12
            ? (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0
            : 0;
    }

    public static string[] CommandLineOf(int id) => Read(id, "cmdline").TrimEnd('\0').Split('\0');

    /// <summary>A file of a process; empty when the process has ended.</summary>
    public static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static int ParentOf(int id) =>
        FieldsOf(id) is { Length: > 1 } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;

    // From the third field on: 42 (name, may contain spaces) S 7 …
    private static string[] FieldsOf(int id)
    {
        var stat = Read(id, "stat");
        return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
