namespace Flows.Traces;

/// <summary>
/// The newest items of an endless sequence, at most <paramref name="capacity"/>. One thread appends, and any number of threads read at the
/// same time without locks: a reader copies the items and then discards those that were overwritten during the copy.
/// </summary>
public sealed class BoundedLog<T>(int capacity) where T : class
{
    private T?[] _items = new T?[Math.Min(capacity, 256)];
    private long _first;
    private long _next;

    /// <summary>Items ever appended: also the number the next item gets.</summary>
    public long Appended => Volatile.Read(ref _next);

    public int Count => (int)(Volatile.Read(ref _next) - Volatile.Read(ref _first));

    public bool IsFull => _next - _first == capacity;

    /// <summary>Adds an item. The caller makes room first: see <see cref="IsFull"/> and <see cref="RemoveOldest"/>.</summary>
    public void Append(T item)
    {
        if (IsFull)
        {
            throw new InvalidOperationException("The log is full; remove the oldest item first.");
        }

        if (_next - _first == _items.Length)
        {
            Grow();
        }

        Volatile.Write(ref _items[_next % _items.Length], item);
        Volatile.Write(ref _next, _next + 1);
    }

    public T? RemoveOldest()
    {
        if (_first == _next)
        {
            return null;
        }

        var slot = _first % _items.Length;
        var oldest = _items[slot];
        // Readers check _first again after copying, so it must change before the slot is cleared.
        Volatile.Write(ref _first, _first + 1);
        Volatile.Write(ref _items[slot], null);
        return oldest;
    }

    /// <summary>The items from the oldest to the newest as they were at some moment during the call.</summary>
    public List<T> Snapshot()
    {
        while (true)
        {
            var items = Volatile.Read(ref _items);
            var next = Volatile.Read(ref _next);
            var first = Volatile.Read(ref _first);
            if (!ReferenceEquals(items, Volatile.Read(ref _items)))
            {
                // The array was replaced by a larger one between the two reads, and newer items are not in the old one.
                continue;
            }

            var copy = new List<T?>((int)Math.Max(0, next - first));
            for (var number = first; number < next; number++)
            {
                copy.Add(Volatile.Read(ref items[number % items.Length]));
            }

            var overwritten = (int)Math.Clamp(Volatile.Read(ref _first) - first, 0, copy.Count);
            copy.RemoveRange(0, overwritten);
            if (!copy.Contains(null))
            {
                return copy!;
            }
        }
    }

    private void Grow()
    {
        var larger = new T?[(int)Math.Min(capacity, _items.Length * 2L)];
        for (var number = _first; number < _next; number++)
        {
            larger[number % larger.Length] = _items[number % _items.Length];
        }

        Volatile.Write(ref _items, larger);
    }
}
