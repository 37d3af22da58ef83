using System.Diagnostics;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Processes;

/// <summary>A process that was started, with everything it says.</summary>
internal sealed class ManagedProcess
{
    private readonly Process _process;
    private readonly ProcessPlan _plan;
    private readonly ManagedProcess[] _companions;
    private readonly ProcessIdentity _identity;

    private ManagedProcess(Process process, ProcessPlan plan, ManagedProcess[] companions, Action<string, bool> onLine)
    {
        _process = process;
        _plan = plan;
        _companions = companions;
        _identity = ProcessIdentity.Of(process.Id) ?? new(process.Id, 0);
        if (plan.Input is not null)
        {
            process.StandardInput.Write(plan.Input);
        }

        process.StandardInput.Close();
        Exited = WaitAsync(
            PumpAsync(process.StandardOutput, line => onLine(line, false)),
            PumpAsync(process.StandardError, line => onLine(line, true)));
    }

    public int Id => _identity.Id;

    /// <summary>Whether it is ended at once, not asked to stop.</summary>
    public bool IsDisposable => _plan.IsDisposable;

    /// <summary>The exit code, once the process has ended; above 128 it is 128 and a signal.</summary>
    public Task<int> Exited { get; }

    public static async Task<ManagedProcess> StartAsync(ProcessPlan plan, RunFolder run, Action<string, bool> onLine)
    {
        var companions = new List<ManagedProcess>();
        Process? process = null;
        try
        {
            foreach (var companion in plan.Companions)
            {
                companions.Add(await StartAsync(companion, run, onLine));
            }

            process = await Launcher.StartAsync(plan, run.Id);
            run.Record(process.Id, plan.StopSignal);
            return new ManagedProcess(process, plan, [.. companions], onLine);
        }
        catch
        {
            // Nobody else knows of them.
            process?.Kill(entireProcessTree: true);
            companions.ForEach(companion => companion.Kill());
            throw;
        }
    }

    /// <summary>Asks the process to stop; after the grace, ends it and whatever it has started.</summary>
    public async Task StopAsync(TimeSpan grace, TimeProvider time)
    {
        if (!Exited.IsCompleted)
        {
            var patience = _plan.IsDisposable ? TimeSpan.Zero : grace;
            if (patience > TimeSpan.Zero)
            {
                Send(_plan.StopSignal);
                await Task.WhenAny(Exited, Task.Delay(patience, time));
            }

            Kill();
            await Exited;
        }
        else
        {
            EndSession();
        }

        foreach (var companion in _companions)
        {
            companion.Kill();
            await companion.Exited;
        }
    }

    /// <summary>Ends the process and whatever it has started, at once.</summary>
    public void Kill()
    {
        if (!Exited.IsCompleted)
        {
            Send(Signal.Kill);
        }

        EndSession();
        foreach (var companion in _companions)
        {
            companion.Kill();
        }
    }

    // Every process is the leader of a session of its own: what is still in it was started by it.
    private void EndSession()
    {
        if (OperatingSystem.IsLinux())
        {
            Leftovers.EndSession(_identity);
        }
        else if (!Exited.IsCompleted)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private void Send(Signal signal)
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else if (_identity.IsAlive)
        {
            _ = NativeMethods.Kill(_identity.Id, (int)signal);
        }
    }

    private async Task<int> WaitAsync(Task output, Task error)
    {
        await _process.WaitForExitAsync();

        // They are there for this process alone; if it is started again, so are they.
        foreach (var companion in _companions)
        {
            companion.Kill();
        }


        // A child of the process may hold the pipe open for ever.
        await Task.WhenAny(Task.WhenAll(output, error), Task.Delay(TimeSpan.FromMilliseconds(500)));
        return _process.ExitCode;
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> onLine)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    onLine(line);
                }
            }
        }
        catch (IOException)
        {
            // The pipe broke with the process.
        }
    }
}
