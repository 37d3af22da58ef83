namespace WebApp.Identity.Attempts;

/// <summary>
/// What <see cref="AttemptCounters"/> counted for one key. A row whose time has passed means no attempts and can be deleted.
/// </summary>
public sealed class AttemptCounter
{
    /// <summary>A hash: the table has no addresses that somebody typed.</summary>
    public required byte[] Key { get; init; }

    /// <summary>When all counted attempts are forgotten; each attempt moves it by the pause of its limit.</summary>
    public DateTimeOffset FreeAt { get; init; }
}
