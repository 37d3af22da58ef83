using System.Diagnostics;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Installation;

/// <summary>
/// Keeps an installation from starting services of the system: on Debian by <c>policy-rc.d</c>, which its package scripts ask. What is enabled
/// for the next boot is disabled, and an Erlang port mapper that a package script started is ended.
/// </summary>
internal sealed class SystemServices : IDisposable
{
    private const string Policy = "/usr/sbin/policy-rc.d";
    private const string Saved = "/usr/sbin/policy-rc.d.aspire-embedded";

    private static readonly string[] Units = ["postgresql", "rabbitmq-server", "redis-server", "epmd.socket", "epmd.service"];

    private readonly Terminal _terminal;
    private readonly HashSet<string> _enabledBefore;
    private readonly HashSet<int> _portMappersBefore;
    private readonly bool _wrotePolicy;

    public SystemServices(Terminal terminal)
    {
        _terminal = terminal;
        _enabledBefore = [.. Units.Where(IsEnabled)];
        _portMappersBefore = [.. PortMappers().Select(stat => stat.Id)];
        if (OperatingSystem.IsWindows() || !DataHome.IsRoot || !Directory.Exists("/etc/apt"))
        {
            return;
        }

        if (File.Exists(Policy) && !File.Exists(Saved))
        {
            File.Move(Policy, Saved);
        }

        // 101: the action is forbidden.
        File.WriteAllText(Policy, "#!/bin/sh\nexit 101\n");
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
            _terminal.Say("install", $"the system's own {unit} is installed but not started");
        }

        if (UserAccount.Find("rabbitmq") is { } user)
        {
            foreach (var stat in PortMappers().Where(stat => !_portMappersBefore.Contains(stat.Id) && OwnerOf(stat.Id) == user.UserId))
            {
                _ = NativeMethods.Kill(stat.Id, (int)Signal.Terminate);
            }
        }
    }

    private static IEnumerable<ProcStat> PortMappers() => OperatingSystem.IsLinux() ? ProcStat.All().Where(stat => stat.Name == "epmd") : [];

    // "Uid:	104	104	104	104"
    private static uint? OwnerOf(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            return uint.Parse(line.Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

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
