namespace Flows.Traces;

/// <summary>Counts received, dropped and rejected items. Written by one thread or with Interlocked; read by all threads.</summary>
public sealed class Tally
{
    private long _received;
    private long _dropped;
    private long _rejected;
    private long _droppedUntil;
    private long _rejectedAt;

    public long Received => Volatile.Read(ref _received);

    /// <summary>Taken in, and given up later to stay within the limits.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Never taken in: without ids, with too many parts, or more than a trace may have.</summary>
    public long Rejected => Volatile.Read(ref _rejected);

    /// <summary>When an item was last rejected.</summary>
    public DateTimeOffset? RejectedAt => ToTime(Volatile.Read(ref _rejectedAt));

    /// <summary>The time of the newest dropped item; older items may be missing.</summary>
    public DateTimeOffset? DroppedUntil => ToTime(Volatile.Read(ref _droppedUntil));

    public void Receive(long items) => Interlocked.Add(ref _received, items);

    public void Reject(long items, DateTimeOffset at)
    {
        Interlocked.Add(ref _rejected, items);
        Volatile.Write(ref _rejectedAt, at.UtcTicks);
    }

    public void Drop(long items, DateTimeOffset until)
    {
        Interlocked.Add(ref _dropped, items);
        Volatile.Write(ref _droppedUntil, Math.Max(_droppedUntil, until.UtcTicks));
    }

    private static DateTimeOffset? ToTime(long ticks) => ticks > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
