namespace MailSink.Mails;

/// <summary>The newest mails, in memory.</summary>
internal sealed class MailStore(TimeProvider clock)
{
    public const int Capacity = 500;

    private readonly Lock _gate = new();
    private readonly LinkedList<KeptMail> _newestFirst = [];

    public void Keep(string from, IReadOnlyList<string> to, byte[] content)
    {
        var now = clock.GetUtcNow();
        var mail = new KeptMail(Guid.CreateVersion7(now), now, from, to, content);
        lock (_gate)
        {
            _newestFirst.AddFirst(mail);
            if (_newestFirst.Count > Capacity)
            {
                _newestFirst.RemoveLast();
            }
        }
    }

    /// <summary>The newest first.</summary>
    /// <param name="to">Only to this recipient; null for all.</param>
    public IReadOnlyList<KeptMail> List(string? to)
    {
        lock (_gate)
        {
            return [.. _newestFirst.Where(mail => to is null || mail.To.Contains(to, StringComparer.OrdinalIgnoreCase))];
        }
    }

    public KeptMail? Find(Guid id)
    {
        lock (_gate)
        {
            return _newestFirst.FirstOrDefault(mail => mail.Id == id);
        }
    }

    public bool Delete(Guid id)
    {
        lock (_gate)
        {
            return _newestFirst.FirstOrDefault(mail => mail.Id == id) is { } mail && _newestFirst.Remove(mail);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _newestFirst.Clear();
        }
    }
}
