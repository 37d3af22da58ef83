namespace EventBus.Outbox;

/// <summary>Where a message is in its partition: the identity of a row, or both halves of the id of a stream's entry.</summary>
internal readonly record struct OutboxPosition(ulong High, ulong Low = 0) : IComparable<OutboxPosition>
{
    public static bool operator <(OutboxPosition left, OutboxPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(OutboxPosition left, OutboxPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(OutboxPosition left, OutboxPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(OutboxPosition left, OutboxPosition right) => left.CompareTo(right) >= 0;

    public int CompareTo(OutboxPosition other) => High == other.High ? Low.CompareTo(other.Low) : High.CompareTo(other.High);
}
