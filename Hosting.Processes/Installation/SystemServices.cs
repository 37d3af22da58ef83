using System.Diagnostics;
using System.Globalization;
using Hosting.Processes.Data;

namespace Hosting.Processes.Installation;

/// <summary>
/// Prevents an installation from starting system services. On Debian, package scripts ask <c>policy-rc.d</c>, which this class makes
/// refuse. Services that were enabled for the next boot are disabled again, and an Erlang port mapper that was started as a daemon is
/// stopped.
/// </summary>
internal sealed class SystemServices : IDisposable
{
    private const string Policy = "/usr/sbin/policy-rc.d";
    private const string Saved = "/usr/sbin/policy-rc.d.aspire-processes";

    // Exit code 101 means: action forbidden.
    private const string Forbid = "#!/bin/sh\nexit 101\n";

    private static readonly string[] Units = ["postgresql", "rabbitmq-server", "redis-server", "epmd.socket", "epmd.service"];

    private readonly HashSet<string> _enabledBefore;
    private readonly HashSet<int> _portMappersBefore;
    private readonly bool _wrotePolicy;

    public SystemServices()
    {
        _enabledBefore = [.. Units.Where(IsEnabled)];
        _portMappersBefore = [.. PortMappers().Select(stat => stat.Id)];
        if (OperatingSystem.IsWindows() || !DataHome.IsRoot || !Directory.Exists("/etc/apt"))
        {
            return;
        }

        // A file with our content remained from an installation that was killed.
        if (File.Exists(Policy) && !File.Exists(Saved) && File.ReadAllText(Policy) != Forbid)
        {
            File.Move(Policy, Saved);
        }

        File.WriteAllText(Policy, Forbid);
        File.SetUnixFileMode(Policy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        _wrotePolicy = true;
    }

    public void Dispose()
    {
        if (_wrotePolicy)
        {
            File.Delete(Policy);
            if (File.Exists(Saved))
            {
                File.Move(Saved, Policy);
            }
        }

        foreach (var unit in Units.Where(unit => !_enabledBefore.Contains(unit) && IsEnabled(unit)))
        {
            SystemControl("disable", unit);
        }

        foreach (var stat in PortMappers().Where(stat => !_portMappersBefore.Contains(stat.Id) && stat.Parent == 1))
        {
            using var kill = Process.Start("kill", ["-TERM", stat.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }

    private static IEnumerable<ProcStat> PortMappers() =>
        OperatingSystem.IsLinux() ? ProcStat.All().Where(stat => stat.Name == "epmd") : [];

    private static bool IsEnabled(string unit) => Directory.Exists("/run/systemd/system") && SystemControl("is-enabled", unit) == 0;

    private static int SystemControl(string verb, string unit)
    {
        using var process = Process.Start(new ProcessStartInfo("systemctl", ["--quiet", verb, unit])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
