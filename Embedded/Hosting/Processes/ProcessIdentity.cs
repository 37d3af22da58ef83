using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Processes;

/// <summary>A process for good: its id may be given to another after it, its id and start together are not.</summary>
internal readonly record struct ProcessIdentity(int Id, long Start)
{
    public static ProcessIdentity Current => Of(Environment.ProcessId) ?? new(Environment.ProcessId, 0);

    public bool IsAlive => Of(Id) == this;

    public static ProcessIdentity? Of(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return ProcStat.Read(id) is { IsZombie: false } stat ? new(id, stat.Start) : null;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return new(id, process.StartTime.ToUniversalTime().Ticks);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    public static ProcessIdentity? Parse(string text) =>
        text.Split(':') is [var id, var start]
            && int.TryParse(id, CultureInfo.InvariantCulture, out var processId)
            && long.TryParse(start, CultureInfo.InvariantCulture, out var began)
                ? new(processId, began)
                : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}:{Start}");
}

/// <summary>A line of <c>/proc/{id}/stat</c>: <c>3938 (postgres) S 1 3938 3938 0 -1 … 52034 …</c>.</summary>
internal readonly record struct ProcStat(int Id, string Name, bool IsZombie, int Session, long Start)
{
    public static ProcStat? Read(int id)
    {
        try
        {
            // The name may have spaces and parentheses of its own: fields are counted from the last one.
            var line = File.ReadAllText($"/proc/{id}/stat");
            var end = line.LastIndexOf(')');
            var fields = line[(end + 2)..].Split(' ');
            return new(
                id, line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..end], fields[0] is "Z" or "X",
                int.Parse(fields[3], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    public static IEnumerable<ProcStat> All() => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
        .Select(name => Read(int.Parse(name!, CultureInfo.InvariantCulture)))
        .OfType<ProcStat>()
        .Where(stat => !stat.IsZombie);
}
