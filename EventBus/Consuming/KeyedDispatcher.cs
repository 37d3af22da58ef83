using System.Threading.Channels;

namespace EventBus.Consuming;

/// <summary>Hands out items so that two with the same key are never out at the same time and keep their order; other keys do not wait.</summary>
/// <param name="keyOf">What keeps its order.</param>
/// <param name="mayBatch">Handed out together with others like it, not alone.</param>
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

    /// <summary>The next item that goes alone; call <see cref="Done"/> when it is dealt with.</summary>
    public ValueTask<T> TakeAsync(CancellationToken cancellationToken) => _single.Reader.ReadAsync(cancellationToken);

    /// <summary>
    /// The items of different keys that are ready to go together, one at least; nobody waits for a batch to fill. Call <see cref="Done"/> for each.
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

    /// <summary>Lets the next item of the same key go.</summary>
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
