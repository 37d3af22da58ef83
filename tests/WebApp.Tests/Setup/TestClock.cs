namespace WebApp.Tests.Setup;

/// <summary>The system's clock, which a test can move forward. Timers run as always.</summary>
public sealed class TestClock : TimeProvider
{
    private TimeSpan _ahead;
    private DateTimeOffset? _frozen;

    public override DateTimeOffset GetUtcNow() => (_frozen ?? base.GetUtcNow()) + _ahead;

    /// <summary>From now on, only <see cref="Advance"/> moves it.</summary>
    public void Freeze() => _frozen = base.GetUtcNow();

    public void Advance(TimeSpan by) => _ahead += by;
}
