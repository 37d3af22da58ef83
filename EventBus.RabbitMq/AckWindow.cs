namespace EventBus.RabbitMq;

/// <summary>
/// Knows which deliveries are not finished. "Multiple" acknowledges everything up to a tag, so it is used only up to the oldest unfinished
/// delivery; later ones are acknowledged one by one.
/// </summary>
internal sealed class AckWindow
{
    private readonly SortedSet<ulong> _open = [];
    private readonly Lock _gate = new();

    public void Delivered(ulong tag)
    {
        lock (_gate)
        {
            _open.Add(tag);
        }
    }

    /// <summary>The acknowledgements to send after these deliveries finished.</summary>
    public IReadOnlyList<(ulong Tag, bool Multiple)> Finish(IReadOnlyCollection<ulong> finished)
    {
        ulong oldestOpen;
        lock (_gate)
        {
            _open.ExceptWith(finished);
            oldestOpen = _open.Count == 0 ? ulong.MaxValue : _open.Min;
        }

        var prefix = finished.Where(tag => tag < oldestOpen).ToArray();
        var acknowledgements = finished.Where(tag => tag > oldestOpen).Select(tag => (tag, false)).ToList();
        if (prefix.Length > 0)
        {
            acknowledgements.Insert(0, (prefix.Max(), prefix.Length > 1));
        }

        return acknowledgements;
    }
}
