using System.Globalization;
using Servers;

namespace Benchmarks.Startup;

/// <summary>The processes of a running shop, and the memory of its parts.</summary>
internal static class ShopProcesses
{
    /// <summary>Bytes by part of the shop; memory that several processes share is counted once (proportional set size).</summary>
    public static Dictionary<string, double> MemoryOf(IEnumerable<int> roots) => ProcessTree.Under(roots)
        .GroupBy(process => PartOf(process.CommandLine))
        .ToDictionary(part => part.Key, part => part.Sum(process => PssOf(process.Id)));

    /// <summary>
    /// Aspire's orchestrator is not a child process of AppHost, but has its id as an argument:
    /// <c>dcp start-apiserver --monitor 4711 …</c>.
    /// </summary>
    public static IEnumerable<int> OrchestratorsOf(int appHost) => ProcessTree.Everything()
        .Where(process => ProcessTree.CommandLineOf(process.Id) is [_, "start-apiserver", "--monitor", var monitored, ..]
            && monitored == appHost.ToString(CultureInfo.InvariantCulture))
        .Select(process => process.Id);

    /// <summary>Seconds of processor time by part of the shop, since its processes started.</summary>
    public static Dictionary<string, double> ProcessorTimeOf(IEnumerable<int> roots) => ProcessTree.Under(roots)
        .GroupBy(process => PartOf(process.CommandLine))
        .ToDictionary(part => part.Key, part => part.Sum(process => ProcessTree.ProcessorTimeOf(process.Id)));

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

    public static double PssOf(int id) => ProcessTree.Read(id, "smaps_rollup").Split('\n')
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
}
