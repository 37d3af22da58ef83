namespace EventBus;

/// <summary>Which dead letters to hand to their handlers again, and how fast.</summary>
public sealed record DeadLetterReplay
{
    /// <summary>The queue whose dead letters are meant.</summary>
    public required string Queue { get; init; }

    /// <summary>Chooses by type, reason, exception, age or anything else. Default: all.</summary>
    public Func<DeadLetter, bool> Where { get; init; } = _ => true;

    /// <summary>Only tell what would be replayed. Default: false.</summary>
    public bool DryRun { get; init; }

    /// <summary>Messages per second, so that a replay does not crowd out what arrives meanwhile. Default: 100.</summary>
    public double Rate { get; init; } = 100;

    /// <summary>The most dead letters to look at, oldest first. Default: 10,000; at most 60,000.</summary>
    public int Limit { get; init; } = 10_000;
}
