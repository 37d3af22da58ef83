using EventBus.Messages;

namespace EventBus.Outbox;

/// <summary>Stores a service's messages for the relay, in the transaction of the change that they report.</summary>
internal interface IOutbox
{
    /// <summary>Becomes the only relay of a partition; null while another process is, or while the store is not set up yet.</summary>
    Task<IOutboxLease?> TryAcquireAsync(short partition, CancellationToken cancellationToken);

    /// <summary>Notifies the owners of these partitions that there is something to relay. Best effort.</summary>
    Task NotifyAsync(IReadOnlyCollection<short> partitions, CancellationToken cancellationToken);

    /// <summary>Receives the notifications of other processes, until cancelled or the store cannot be reached.</summary>
    Task ListenAsync(Action<short> onNotified, CancellationToken cancellationToken);

    /// <summary>Counts what waits, and what the store cannot clean up.</summary>
    Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>The lease of a partition. Every member fails once it is lost; the messages then belong to the next owner.</summary>
internal interface IOutboxLease : IAsyncDisposable
{
    /// <summary>Moves delayed messages that are due to the end of the outbox, a limited number at a time.</summary>
    /// <returns>True when more are due.</returns>
    Task<bool> ReleaseDueAsync(CancellationToken cancellationToken);

    /// <summary>The oldest messages, in order. They stay until removed.</summary>
    /// <param name="after">Only what comes after this position; null: from the oldest on.</param>
    Task<IReadOnlyList<OutboxEntry>> PeekAsync(OutboxPosition? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The transactions that are open now and may still add a message anywhere in the partition, by names that are never used twice. None
    /// where a message gets its position at the commit.
    /// </summary>
    Task<HashSet<string>> WritersAsync(CancellationToken cancellationToken);

    /// <summary>Removes what the broker confirmed.</summary>
    Task RemoveAsync(IReadOnlyCollection<OutboxEntry> relayed, CancellationToken cancellationToken);
}

internal sealed record OutboxEntry(OutboxPosition Position, Envelope Message);

/// <param name="Count">Messages waiting.</param>
/// <param name="OldestCreatedAt">When the oldest of them was created.</param>
/// <param name="Horizon">What relayed rows leave in the store; null where they leave nothing.</param>
internal readonly record struct OutboxBacklog(long Count, DateTimeOffset? OldestCreatedAt, OutboxHorizon? Horizon = null);

/// <param name="DeadRows">Deleted rows that are not cleaned up yet, as the store estimates.</param>
/// <param name="Age">Age of the oldest transaction, which keeps them from being cleaned up; zero when there is none.</param>
internal readonly record struct OutboxHorizon(long DeadRows, TimeSpan Age);
