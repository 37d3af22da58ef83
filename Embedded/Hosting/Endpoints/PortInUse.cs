using System.Globalization;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Endpoints;

/// <summary>Says which port is taken, by whom, and what to do.</summary>
internal static class PortInUse
{
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    public static string Describe(int port, string wantedBy, string wayOut) =>
        string.Create(CultureInfo.InvariantCulture, $"Port {port}, which {wantedBy} needs, is in use{Owner(port)}: {wayOut}.");

    private static string Owner(int port)
    {
        if (!OperatingSystem.IsLinux() || FindOwner(port) is not { } owner)
        {
            return "";
        }

        var command = ReadCommand(owner.Id);
        return $" by process {owner.Id} ({(command.Length > 0 ? command : owner.Name)})";
    }

    private static ProcStat? FindOwner(int port)
    {
        var sockets = SocketTables.Where(File.Exists).SelectMany(file => Listening(file, port)).ToHashSet();
        return sockets.Count == 0 ? null : ProcStat.All().Cast<ProcStat?>().FirstOrDefault(stat => Holds(stat!.Value.Id, sockets));
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
            // Another user's process, or one that ended meanwhile.
            return false;
        }
    }

    private static string ReadCommand(int processId)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{processId}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);

            // Arguments may hold secrets: the program, and what a runtime runs, is enough to know it by.
            return string.Join(' ', words.Take(2).Where(word => !word.StartsWith('-')));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
