using System.Runtime.InteropServices;

namespace Aspire.Hosting.Run;

/// <summary>Ctrl+C once stops in order, which the host does; twice ends everything at once.</summary>
internal sealed class SecondInterrupt(Orchestrator orchestrator)
{
    public IDisposable Listen()
    {
        var pressed = 0;
        return PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            if (Interlocked.Increment(ref pressed) > 1)
            {
                context.Cancel = true;
                orchestrator.KillAll();
                Environment.Exit(130);
            }
        });
    }
}
