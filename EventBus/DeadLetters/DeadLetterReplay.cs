namespace EventBus.DeadLetters;

/// <summary>Which dead letters to deliver again, and how fast.</summary>
public sealed record DeadLetterReplay
{
    /// <summary>The queue in which they failed.</summary>
    public required string Queue { get; init; }

    /// <summary>Chooses by id, group, type, age or anything else. Default: all.</summary>
    public Func<DeadLetter, bool> Where { get; init; } = _ => true;

    /// <summary>
    /// Replaces the body of each replayed message, as JSON in UTF-8; its key and all else stay. The message gets the header
    /// <c>x-edited</c>. Default: null, the body stays. Ask <see cref="DeadLetterQueues.FindFault"/> first whether its handler can read it.
    /// </summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>
    /// Called for each dead letter once the broker has stored it in its queue again, so also for those before an error or a cancellation.
    /// Not called with <see cref="DryRun"/>. Default: null, nothing is called.
    /// </summary>
    public Action<DeadLetter>? OnReplayed { get; init; }

    /// <summary>Only report what would be replayed. Default: false.</summary>
    public bool DryRun { get; init; }

    /// <summary>Messages per second, so that a replay does not delay new messages. Default: 100.</summary>
    public double Rate { get; init; } = 100;

    /// <summary>After this time no further one is replayed. Default: no limit.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.MaxValue;

    /// <summary>The most dead letters to read, oldest first. Default: 10,000; at most 60,000.</summary>
    public int Limit { get; init; } = DeadLetterQueues.DefaultLimit;
}
