using System.Collections.Concurrent;
using System.Diagnostics;

namespace Aspire.Hosting.Processes;

/// <summary>
/// Starts processes so that they do not outlive AppHost: each in a session of its own (Ctrl+C at the terminal is for AppHost alone), and, on
/// Linux, with a signal from the kernel when AppHost dies. That signal comes when the starting *thread* ends, so one thread starts them all.
/// </summary>
internal static class Launcher
{
    // The su of BusyBox hands the -- on, other ones do not.
    private const string RunArguments = "case \"$0\" in --) exec \"$@\";; *) exec \"$0\" \"$@\";; esac";

    private static readonly string? SetSid = Programs.FindOnPath("setsid");
    private static readonly string? SetPriv = FindSetPriv();
    private static readonly BlockingCollection<Action> Starts = StartThread();

    public static Task<Process> StartAsync(ProcessPlan plan, string runId)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(Describe(plan, runId))!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static ProcessStartInfo Describe(ProcessPlan plan, string runId)
    {
        List<string> line = [plan.FileName, .. plan.Arguments];
        if (OperatingSystem.IsLinux() && SetPriv is not null)
        {
            List<string> privileges = plan.User is { } user
                ? ["--reuid", $"{user.UserId}", "--regid", $"{user.GroupId}", "--init-groups"]
                : [];
            line = [SetPriv, "--pdeathsig", SignalName(plan.StopSignal), .. privileges, "--", .. line];
        }
        else if (plan.User is { } user)
        {
            line = Programs.FindOnPath("runuser") is { } runUser
                ? [runUser, "-u", user.Name, "--", .. line]
                : ["su", "-s", "/bin/sh", "-c", RunArguments, user.Name, "--", .. line];
        }

        if (SetSid is not null && !OperatingSystem.IsWindows())
        {
            line = [SetSid, .. line];
        }

        var description = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        description.Environment.Clear();
        foreach (var (name, value) in plan.Environment)
        {
            description.Environment[name] = value;
        }

        description.Environment[Leftovers.Mark] = runId;
        return description;
    }

    private static string SignalName(Signal signal) => signal switch
    {
        Signal.Interrupt => "INT",
        Signal.Quit => "QUIT",
        Signal.Kill => "KILL",
        _ => "TERM",
    };

    // The one of BusyBox has no --pdeathsig.
    private static string? FindSetPriv() =>
        OperatingSystem.IsLinux() && Programs.FindOnPath("setpriv") is { } found
            && !(new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.Name ?? "").Contains("busybox", StringComparison.Ordinal)
                ? found
                : null;

    private static BlockingCollection<Action> StartThread()
    {
        var starts = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        {
            IsBackground = true,
            Name = "Process launcher",
        }.Start();
        return starts;
    }
}
