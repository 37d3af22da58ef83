using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Counts dead letters by peeking at them, because the real counts need the right to manage the namespace. Each peek is billed as an
/// operation, so a count is kept for a while, unless this process has changed it since the count began.
/// </summary>
internal sealed class DeadLetterCounter(TimeProvider clock)
{
    private const int PerPeek = 250;

    /// <summary>More are not counted.</summary>
    private const int Most = 1000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Kept> _kept = new();

    /// <summary>This process has added or removed dead letters.</summary>
    public void Changed(QueuePlan queue) => _kept[queue.Name] = new Kept();

    /// <param name="connection">The connection.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="fresh">Count again, because another process may have changed them.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<long> CountAsync(
        NamespaceConnection connection, QueuePlan queue, bool fresh, CancellationToken cancellationToken)
    {
        var kept = _kept.GetOrAdd(queue.Name, _ => new Kept());
        if (!fresh && kept.Count is { } known && clock.GetElapsedTime(kept.CountedAt) < KeptFor)
        {
            return known;
        }

        var receiver = connection.Client.CreateReceiver(
            Entities.PathOf(queue), new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        try
        {
            var countedAt = clock.GetTimestamp();
            var count = await PeekAllAsync(connection, receiver, cancellationToken);
            _kept.TryUpdate(queue.Name, new Kept { Count = count, CountedAt = countedAt }, comparisonValue: kept);
            return count;
        }
        finally
        {
            await connection.CloseAsync(receiver);
        }
    }

    private static async Task<long> PeekAllAsync(
        NamespaceConnection connection, ServiceBusReceiver receiver, CancellationToken cancellationToken)
    {
        var (count, from) = (0L, 0L);
        while (count < Most)
        {
            var peeked = await connection.RunAsync(token => receiver.PeekMessagesAsync(PerPeek, from, token), cancellationToken);
            if (peeked.Count == 0)
            {
                break;
            }

            (count, from) = (count + peeked.Count, peeked[^1].SequenceNumber + 1);
        }

        return count;
    }

    /// <summary>Compared by reference: a change while the letters are counted makes the count worthless.</summary>
    private sealed class Kept
    {
        /// <summary>Null: not counted since the last change.</summary>
        public long? Count { get; init; }

        public long CountedAt { get; init; }
    }
}
