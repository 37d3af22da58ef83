using System.Globalization;

namespace Benchmarks.Startup;

/// <summary>Processes and all their descendants, read from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    /// <summary>Bytes by part of the shop; memory that several processes share is counted once (proportional set size).</summary>
    public static Dictionary<string, double> MemoryOf(IEnumerable<int> roots) => Under(roots)
        .GroupBy(process => PartOf(process.CommandLine))
        .ToDictionary(part => part.Key, part => part.Sum(process => PssOf(process.Id)));

    /// <summary>
    /// Aspire's orchestrator is not a child process of AppHost, but has its id as an argument: <c>dcp start-apiserver --monitor 4711 …</c>.
    /// </summary>
    public static IEnumerable<int> OrchestratorsOf(int appHost) => Everything()
        .Where(process => Read(process.Id, "cmdline").Split('\0') is [_, "start-apiserver", "--monitor", var monitored, ..]
            && monitored == appHost.ToString(CultureInfo.InvariantCulture))
        .Select(process => process.Id);

    public static IReadOnlyList<(int Id, string[] CommandLine)> Under(IEnumerable<int> roots)
    {
        var children = Everything().ToLookup(process => process.Parent, process => process.Id);
        return [.. roots.SelectMany(Descend).Select(id => (id, Read(id, "cmdline").TrimEnd('\0').Split('\0')))];

        IEnumerable<int> Descend(int id) => children[id].SelectMany(Descend).Prepend(id);
    }

    public static bool IsAlive(int id) =>
        Read(id, "stat") is { Length: > 0 } stat && stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');

    public static string PartOf(string[] commandLine)
    {
        var program = Path.GetFileNameWithoutExtension(commandLine[0]);
        return program switch
        {
            "dotnet" => "dotnet run",
            "Aspire.Dashboard" or "Aspire" => "Aspire's dashboard",
            "dcp" => "Aspire's orchestrator",
            "sh" when commandLine.Any(word => word.Contains("aspire-processes", StringComparison.Ordinal)) => "scripts",
            _ when program.StartsWith("postgres", StringComparison.Ordinal) => "PostgreSQL",
            "beam" or "epmd" or "erl_child_setup" or "inet_gethost" or "sh" => "RabbitMQ",
            _ when program.StartsWith("redis-server", StringComparison.Ordinal) => "Redis",
            _ => Path.GetFileName(commandLine[0]),
        };
    }

    private static IEnumerable<(int Id, int Parent)> Everything() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0)
        .Select(id => (id, ParentOf(id)));

    private static double PssOf(int id) => Read(id, "smaps_rollup").Split('\n')
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);

    private static int ParentOf(int id)
    {
        // 42 (name, may contain spaces) S 7 …
        var stat = Read(id, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Empty for a process that has ended.</summary>
    private static string Read(int id, string file)
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
}
