namespace WebApp.Identity.Sessions;

/// <summary>How long a session lasts: use prolongs it, up to an age that nothing prolongs.</summary>
public static class SessionLifetime
{
    /// <summary>The longest of all. The cookie lives as long; when the session is over is decided by its row.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(180);

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private static readonly TimeSpan Unused = TimeSpan.FromHours(12);
    private static readonly TimeSpan OldestUnremembered = TimeSpan.FromDays(7);

    public static DateTimeOffset EndOf(bool isRemembered, DateTimeOffset startedAt, DateTimeOffset seenAt)
    {
        var (unused, oldest) = isRemembered
            ? (seenAt + Remembered, startedAt + Longest)
            : (seenAt + Unused, startedAt + OldestUnremembered);
        return unused < oldest ? unused : oldest;
    }
}
