using EventBus.Messages;

namespace EventBus.Outbox;

/// <summary>Where a service's messages wait for the relay, written in the same step as the change they tell of.</summary>
internal interface IOutbox
{
    /// <summary>Becomes the one relay of a partition; null while another process is, or while the store is not set up yet.</summary>
    Task<IOutboxLease?> TryAcquireAsync(short partition, CancellationToken cancellationToken);

    /// <summary>Tells whoever owns these partitions that there is something to relay. It may get lost.</summary>
    Task NotifyAsync(IReadOnlyCollection<short> partitions, CancellationToken cancellationToken);

    /// <summary>Hears what other processes tell with <see cref="NotifyAsync"/>, until cancelled or the store is away.</summary>
    Task ListenAsync(Action<short> onNotified, CancellationToken cancellationToken);

    /// <summary>What waits, and what keeps the store from cleaning up.</summary>
    Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>The right to relay a partition. Every member fails once the right is lost; the messages then belong to the next owner.</summary>
internal interface IOutboxLease : IAsyncDisposable
{
    /// <summary>Moves the delayed messages that are due to the end of the outbox.</summary>
    Task ReleaseDueAsync(CancellationToken cancellationToken);

    /// <summary>The oldest messages, in order. They stay until removed.</summary>
    /// <param name="after">Only what comes after this position; null: from the oldest on.</param>
    Task<IReadOnlyList<OutboxEntry>> PeekAsync(OutboxPosition? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The transactions that are open now and may yet add a message anywhere in the lane, by names that are never used twice. None where a message
    /// gets its position at the commit.
    /// </summary>
    Task<HashSet<string>> WritersAsync(CancellationToken cancellationToken);

    /// <summary>Removes what the broker has confirmed.</summary>
    Task RemoveAsync(IReadOnlyCollection<OutboxEntry> relayed, CancellationToken cancellationToken);
}

internal sealed record OutboxEntry(OutboxPosition Position, Envelope Message);

/// <param name="Count">Messages waiting.</param>
/// <param name="OldestCreatedAt">When the oldest of them was created.</param>
/// <param name="Horizon">What relayed rows leave behind in the store; null where rows leave nothing behind.</param>
internal readonly record struct OutboxBacklog(long Count, DateTimeOffset? OldestCreatedAt, OutboxHorizon? Horizon = null);

/// <param name="DeadRows">Deleted rows that are not cleaned up yet, as the store estimates.</param>
/// <param name="Age">Age of the oldest transaction, which keeps them from being cleaned up; zero when there is none.</param>
internal readonly record struct OutboxHorizon(long DeadRows, TimeSpan Age);
