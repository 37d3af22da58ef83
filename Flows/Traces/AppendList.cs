namespace Flows.Traces;

/// <summary>A list to which one thread appends while others read it without locks: items below the count never change.</summary>
public sealed class AppendList<T>
{
    private T[] _items = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(T item)
    {
        if (_count == _items.Length)
        {
            var larger = new T[Math.Max(4, _count * 2)];
            Array.Copy(_items, larger, _count);
            Volatile.Write(ref _items, larger);
        }

        _items[_count] = item;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The items of the list at the moment of the call.</summary>
    public ReadOnlySpan<T> Read()
    {
        // Reads the count before the array, so that the array has at least that many items.
        var count = Volatile.Read(ref _count);
        return Volatile.Read(ref _items).AsSpan(0, count);
    }

    /// <summary>As <see cref="Read"/>, for code that a span cannot pass through (iterators, awaits, LINQ).</summary>
    public ArraySegment<T> ToSegment()
    {
        var count = Volatile.Read(ref _count);
        return new ArraySegment<T>(Volatile.Read(ref _items), 0, count);
    }
}
