using System.Globalization;

namespace Hosting.Processes.Data;

/// <summary>Identifies a process by id and start time. The operating system reuses ids, but never an id with the same start time.</summary>
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
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return new(id, process.StartTime.ToUniversalTime().Ticks);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public static ProcessIdentity? Parse(string text) =>
        text.Trim().Split(':') is [var id, var start]
            && int.TryParse(id, CultureInfo.InvariantCulture, out var processId)
            && long.TryParse(start, CultureInfo.InvariantCulture, out var began)
                ? new(processId, began)
                : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}:{Start}");
}
