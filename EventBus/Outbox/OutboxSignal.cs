namespace EventBus.Outbox;

/// <summary>Wakes the relay of this process after a commit. A lost wake costs one sweep interval, never a message.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Partition.Count).Select(_ => new SemaphoreSlim(0, 1))];

    public void Set(short partition)
    {
        try
        {
            _lanes[partition].Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake; the claim that follows sees these rows too.
        }
    }

    public Task WaitAsync(short partition, TimeSpan atMost, CancellationToken cancellationToken) =>
        _lanes[partition].WaitAsync(atMost, cancellationToken);

    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());
}
