using System.Globalization;
using Hosting.Processes.Data;

namespace Hosting.Processes.Tests;

/// <summary>Looks at the processes of this machine.</summary>
internal static class ProcessTree
{
    private static readonly string[] TcpTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>A process and all that it started, in any generation.</summary>
    public static IReadOnlyList<ProcStat> Of(params int[] roots)
    {
        var all = ProcStat.All().ToArray();
        var found = all.Where(stat => roots.Contains(stat.Id)).ToList();
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(all.Where(stat => stat.Parent == found[i].Id));
        }

        return found;
    }

    public static IEnumerable<ProcessIdentity> Identities(this IEnumerable<ProcStat> processes) =>
        processes.Select(stat => new ProcessIdentity(stat.Id, stat.Start));

    /// <summary>The user that a process runs as.</summary>
    public static int UserOf(int process) => int.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1],
        CultureInfo.InvariantCulture);

    /// <summary>Processes with an environment variable of this value.</summary>
    public static int[] WithEnvironment(string variable) =>
    [
        .. ProcStat.All().Select(stat => stat.Id).Where(id =>
        {
            try
            {
                return File.ReadAllText($"/proc/{id}/environ").Split('\0').Contains(variable);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }),
    ];

    /// <summary>The addresses at which processes listen, as the kernel writes them: <c>0100007F:1538</c> is 127.0.0.1:5432.</summary>
    public static IReadOnlyList<string> ListenersOf(IEnumerable<int> processes)
    {
        var sockets = processes.SelectMany(SocketsOf).ToHashSet();
        return
        [
            .. TcpTables.SelectMany(table => File.ReadLines(table).Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields[3] == "0A" && sockets.Contains(fields[9]))
                .Select(fields => fields[1]),
        ];
    }

    private static IEnumerable<string> SocketsOf(int process)
    {
        try
        {
            return [.. new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos()
                .Select(file => file.LinkTarget)
                .OfType<string>()
                .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
                .Select(target => target["socket:[".Length..^1])];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
