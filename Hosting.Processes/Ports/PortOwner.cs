using System.Globalization;
using Hosting.Processes.Data;

namespace Hosting.Processes.Ports;

/// <summary>The process that listens at a port, read from <c>/proc</c> on Linux.</summary>
internal sealed record PortOwner(int Id, string Name)
{
    private const string Orchestrator = "dcp";
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Returns null on other systems, or if the process belongs to another user.</summary>
    public static PortOwner? Of(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var sockets = SocketTables.Where(File.Exists).SelectMany(file => Listening(file, port)).ToHashSet();
        return sockets.Count == 0
            ? null
            : ProcStat.All().Where(stat => Holds(stat.Id, sockets)).Select(stat => new PortOwner(stat.Id, stat.Name)).FirstOrDefault();
    }

    /// <summary>
    /// The AppHost to whose orchestrator this process belongs, and whether it is still running; null if the process was not started by an
    /// orchestrator. The first process of the orchestrator monitors AppHost and the second monitors the first: <c>dcp start-apiserver
    /// --monitor 4711 …</c>.
    /// </summary>
    public (int Id, bool IsAlive)? AppHost()
    {
        (int, bool)? found = null;
        for (var process = ProcStat.Read(Id); process is { Id: > 1 } current; process = ProcStat.Read(current.Parent))
        {
            if (current.Name == Orchestrator
                && int.TryParse(
                    ProcStat.CommandLineOf(current.Id).SkipWhile(word => word != "--monitor").Skip(1).FirstOrDefault(),
                    CultureInfo.InvariantCulture, out var watched))
            {
                found = (watched, ProcStat.Read(watched) is { IsZombie: false });
                if (found is (_, false))
                {
                    break;
                }
            }
        }

        return found;
    }

    // The orchestrator listens at the ports, but developers know AppHost, so AppHost is named. Arguments may contain secrets, so only the
    // program is shown and, for a runtime such as dotnet, the file that it runs.
    public override string ToString()
    {
        var id = AppHost()?.Id ?? Id;
        var command = string.Join(' ', ProcStat.CommandLineOf(id).Take(2).Where(word => !word.StartsWith('-')));
        return $"process {id} ({(command.Length > 0 ? command : Name)})";
    }

    // "  0: 0100007F:14EE 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 123456 1 …": address, state 0A, inode.
    private static IEnumerable<string> Listening(string file, int port)
    {
        var suffix = $":{port:X4}";
        return File.ReadLines(file).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == "0A" && fields[1].EndsWith(suffix, StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]");
    }

    private static bool Holds(int processId, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{processId}/fd")
                .Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
