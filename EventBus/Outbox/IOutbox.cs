using EventBus.Messages;

namespace EventBus.Outbox;

/// <summary>Where a service's messages wait for the relay, written in the same step as the change they tell of.</summary>
internal interface IOutbox
{
    /// <summary>Becomes the one relay of a partition; null while another process is, or while the store is not set up yet.</summary>
    Task<IOutboxLease?> TryAcquireAsync(short partition, CancellationToken cancellationToken);

    /// <summary>Messages waiting, and the time the oldest of them was created.</summary>
    Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>The right to relay a partition. Every member fails once the right is lost; the messages then belong to the next owner.</summary>
internal interface IOutboxLease : IAsyncDisposable
{
    /// <summary>Moves the delayed messages that are due to the end of the outbox.</summary>
    Task ReleaseDueAsync(CancellationToken cancellationToken);

    /// <summary>The oldest messages, in order. They stay until removed.</summary>
    /// <param name="after">Only what comes after this position; null: from the oldest on.</param>
    Task<IReadOnlyList<OutboxEntry>> PeekAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Removes what the broker has confirmed.</summary>
    Task RemoveAsync(IReadOnlyCollection<OutboxEntry> relayed, CancellationToken cancellationToken);
}

/// <param name="Position">Where the message is in its partition; only the store that gave it understands it.</param>
internal sealed record OutboxEntry(string Position, Envelope Message);

internal readonly record struct OutboxBacklog(long Count, DateTimeOffset? OldestCreatedAt);
