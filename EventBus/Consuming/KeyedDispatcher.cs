using System.Threading.Channels;

namespace EventBus.Consuming;

/// <summary>Hands out items one at a time per key and in order; items with different keys do not wait for each other.</summary>
/// <param name="keyOf">The key of an item.</param>
/// <param name="mayBatch">The item is handed out together with others, not alone.</param>
internal sealed class KeyedDispatcher<T>(Func<T, string> keyOf, Func<T, bool> mayBatch)
{
    private readonly Channel<T> _single = Channel.CreateUnbounded<T>();
    private readonly Channel<T> _batched = Channel.CreateUnbounded<T>();
    private readonly Dictionary<string, Queue<T>?> _busy = [];
    private readonly Lock _gate = new();

    public void Add(T item)
    {
        lock (_gate)
        {
            var key = keyOf(item);
            if (_busy.TryGetValue(key, out var waiting))
            {
                (_busy[key] = waiting ?? new Queue<T>()).Enqueue(item);
                return;
            }

            _busy.Add(key, null);
        }

        MakeReady(item);
    }

    /// <summary>The next item that is handed out alone; call <see cref="Done"/> when it is finished.</summary>
    public ValueTask<T> TakeAsync(CancellationToken cancellationToken) => _single.Reader.ReadAsync(cancellationToken);

    /// <summary>
    /// The items with different keys that are ready now, at least one; it does not wait for a batch to fill. Call <see cref="Done"/> for
    /// each.
    /// </summary>
    public async ValueTask<List<T>> TakeBatchAsync(int limit, CancellationToken cancellationToken)
    {
        List<T> batch = [await _batched.Reader.ReadAsync(cancellationToken)];
        while (batch.Count < limit && _batched.Reader.TryRead(out var next))
        {
            batch.Add(next);
        }

        return batch;
    }

    /// <summary>Makes the next item of the same key ready.</summary>
    public void Done(T item)
    {
        T? next;
        lock (_gate)
        {
            var key = keyOf(item);
            if (_busy[key] is not { } waiting || !waiting.TryDequeue(out next))
            {
                _busy.Remove(key);
                return;
            }
        }

        MakeReady(next);
    }

    private void MakeReady(T item) => (mayBatch(item) ? _batched : _single).Writer.TryWrite(item);
}
