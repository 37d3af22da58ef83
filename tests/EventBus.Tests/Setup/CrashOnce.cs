namespace EventBus.Tests.Setup;

/// <summary>Throws where a process would die, once.</summary>
internal sealed class CrashOnce(string point) : CrashPoints
{
    private int _crashed;

    public override Task PassAsync(string passed) => passed == point && Interlocked.Exchange(ref _crashed, 1) == 0
        ? throw new InvalidOperationException($"Crashed at {point}.")
        : Task.CompletedTask;
}
