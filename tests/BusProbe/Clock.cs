namespace BusProbe;

/// <summary>A wall clock that can jump. Timestamps for durations are not affected, as on a machine whose clock is changed.</summary>
internal sealed class Clock : TimeProvider
{
    private long _offset;

    public void Jump(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));
}
