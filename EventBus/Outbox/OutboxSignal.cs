using System.Collections.Concurrent;

namespace EventBus.Outbox;

/// <summary>
/// Wakes the relay of a partition after a commit, in this process or in the one that owns the partition. A lost wake-up costs one sweep
/// interval, never a message.
/// </summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim[] _wakes = [.. Enumerable.Range(0, Partition.Count).Select(_ => new SemaphoreSlim(0, 1))];
    private readonly bool[] _owned = new bool[Partition.Count];
    private readonly ConcurrentDictionary<short, bool> _elsewhere = new();
    private readonly SemaphoreSlim _anyElsewhere = new(0, 1);

    /// <summary>
    /// A transaction of this process has committed these messages. Ends their spans and wakes the relay of each partition once.
    /// </summary>
    public void Committed(IReadOnlyCollection<PendingMessage> messages)
    {
        foreach (var message in messages)
        {
            message.EndSpan();
        }

        foreach (var partition in messages.Where(message => !message.IsDelayed).Select(message => message.Partition).Distinct())
        {
            Committed(partition);
        }
    }

    /// <summary>There is something to relay.</summary>
    public void Wake(short partition) => Release(_wakes[partition]);

    /// <summary>The relay of this process owns the partition from now on, or no longer.</summary>
    public void Own(short partition, bool owned) => Volatile.Write(ref _owned[partition], owned);

    public Task WaitAsync(short partition, TimeSpan atMost, CancellationToken cancellationToken) =>
        _wakes[partition].WaitAsync(atMost, cancellationToken);

    /// <summary>The partitions of other processes that this one committed into since the last call; waits until there are some.</summary>
    public async Task<IReadOnlyCollection<short>> ElsewhereAsync(CancellationToken cancellationToken)
    {
        await _anyElsewhere.WaitAsync(cancellationToken);
        return [.. _elsewhere.Keys.Where(partition => _elsewhere.TryRemove(partition, out _))];
    }

    public void Dispose()
    {
        Array.ForEach(_wakes, wake => wake.Dispose());
        _anyElsewhere.Dispose();
    }

    private void Committed(short partition)
    {
        if (Volatile.Read(ref _owned[partition]))
        {
            Wake(partition);
        }
        else if (_elsewhere.TryAdd(partition, true))
        {
            Release(_anyElsewhere);
        }
    }

    private static void Release(SemaphoreSlim semaphore)
    {
        try
        {
            semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }
}
