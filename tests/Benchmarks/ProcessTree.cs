using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>A process and all that it started, as Linux tells under /proc.</summary>
internal static class ProcessTree
{
    /// <summary>Bytes by part of the shop; what several processes share is counted once (proportional set size).</summary>
    public static Dictionary<string, double> MemoryOf(int root) => Under(root)
        .GroupBy(process => PartOf(process.CommandLine))
        .ToDictionary(part => part.Key, part => part.Sum(process => PssOf(process.Id)));

    /// <summary>Sends SIGINT, as Ctrl+C does, to the process that runs this program.</summary>
    public static async Task InterruptAsync(int root, string program, CancellationToken cancellationToken)
    {
        var target = Under(root).Single(process => Path.GetFileNameWithoutExtension(process.CommandLine[0]) == program);
        using var kill = Process.Start("kill", ["-INT", target.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    private static IEnumerable<(int Id, string[] CommandLine)> Under(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        return Descend(root).Select(id => (id, Read(id, "cmdline").TrimEnd('\0').Split('\0')));

        IEnumerable<int> Descend(int id) => parents[id].SelectMany(Descend).Prepend(id);
    }

    private static string PartOf(string[] commandLine)
    {
        var program = Path.GetFileNameWithoutExtension(commandLine[0]);
        return program switch
        {
            "dotnet" when commandLine.Length > 1 && commandLine[1].EndsWith(".dll", StringComparison.Ordinal) =>
                Path.GetFileNameWithoutExtension(commandLine[1]) is "dotnet" ? "dotnet run" : Path.GetFileNameWithoutExtension(commandLine[1]),
            "dotnet" => "dotnet run",
            _ when program.StartsWith("postgres", StringComparison.Ordinal) => "PostgreSQL",
            "beam" or "epmd" or "erl_child_setup" or "inet_gethost" or "rabbitmq-server" or "sh" => "RabbitMQ",
            _ when program.StartsWith("redis-server", StringComparison.Ordinal) => "Redis",
            _ => program,
        };
    }

    private static double PssOf(int id) => Read(id, "smaps_rollup").Split('\n')
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);

    private static int ParentOf(int id)
    {
        // 42 (name, which may have blanks) S 7 …
        var stat = Read(id, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Empty for a process that has ended meanwhile.</summary>
    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
