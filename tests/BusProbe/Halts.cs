using System.Diagnostics;
using EventBus;

namespace BusProbe;

/// <summary>Kills the process, or halts it until a command, when it reaches a named point for the n-th time.</summary>
internal sealed class Halts : CrashPoints
{
    /// <summary>A moment of the probe's own business transaction.</summary>
    public const string BeforeCommit = "before-commit";

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _point;
    private int _left;
    private bool _die;

    public void Arm(string point, int nth, bool die)
    {
        lock (_gate)
        {
            (_point, _left, _die) = (point, nth, die);
        }
    }

    public void Go() => _go.TrySetResult();

    public override Task PassAsync(string point)
    {
        lock (_gate)
        {
            if (_point != point || --_left > 0)
            {
                return Task.CompletedTask;
            }

            _point = null;
        }

        if (_die)
        {
            // SIGKILL: no handler runs, nothing is flushed, and no connection is closed in order.
            Process.GetCurrentProcess().Kill();
        }

        Console.Out.WriteLine($"at {point}");
        return _go.Task;
    }
}
