using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace EventBus.Consuming;

/// <summary>Hands out items so that two with the same key are never out at the same time and keep their order; other keys do not wait.</summary>
internal sealed class KeyedDispatcher<T>(Func<T, string> keyOf)
{
    private readonly Channel<T> _ready = Channel.CreateUnbounded<T>();
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

        _ready.Writer.TryWrite(item);
    }

    /// <summary>The next item; call <see cref="Done"/> when it is dealt with.</summary>
    public ValueTask<T> TakeAsync(CancellationToken cancellationToken) => _ready.Reader.ReadAsync(cancellationToken);

    /// <summary>Another item that is ready now, of another key than all items that are out.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item) => _ready.Reader.TryRead(out item);

    /// <summary>Leaves a taken item to whoever takes next; it keeps its place among those of its key.</summary>
    public void GiveBack(T item) => _ready.Writer.TryWrite(item);

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

        _ready.Writer.TryWrite(next);
    }
}
