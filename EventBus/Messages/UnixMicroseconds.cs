namespace EventBus.Messages;

/// <summary>Times in headers and span tags: microseconds since the Unix epoch.</summary>
internal static class UnixMicroseconds
{
    private static readonly long Most = DateTimeOffset.MaxValue.ToMicroseconds();
    private static readonly long Least = DateTimeOffset.MinValue.ToMicroseconds();

    public static long ToMicroseconds(this DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Null when no <see cref="DateTimeOffset"/> can hold the value: a foreign sender may write any number.</summary>
    public static DateTimeOffset? ToTime(long? microseconds) => microseconds is { } value && value >= Least && value <= Most
        ? DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond)
        : null;
}
