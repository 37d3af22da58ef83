using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Counts dead letters by peeking at them, because the real counts need the right to manage the namespace. Each peek is billed as an
/// operation, so a count is kept for a while, unless this process has changed it.
/// </summary>
internal sealed class DeadLetterCounter(TimeProvider clock)
{
    private const int PerPeek = 250;

    /// <summary>More are not counted.</summary>
    private const int Most = 1000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, (long Count, long CountedAt)> _kept = new();

    /// <summary>This process has added or removed dead letters.</summary>
    public void Changed(QueuePlan queue) => _kept.TryRemove(queue.Name, out _);

    public async Task<long> CountAsync(NamespaceConnection connection, QueuePlan queue, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(queue.Name, out var kept) && clock.GetElapsedTime(kept.CountedAt) < KeptFor)
        {
            return kept.Count;
        }

        var receiver = connection.Client.CreateReceiver(
            Entities.PathOf(queue), new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        try
        {
            var countedAt = clock.GetTimestamp();
            var count = await PeekAllAsync(connection, receiver, cancellationToken);
            _kept[queue.Name] = (count, countedAt);
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
}
