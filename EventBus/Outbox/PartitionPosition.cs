namespace EventBus.Outbox;

/// <summary>
/// Where in its partition the relay begins to read: behind what it has passed, so that it walks neither over messages that are held back
/// nor over the remains of those that were relayed. Positions are given out before their transactions commit, so a message can still appear
/// before what was read already, and a later one of its key behind it. A position is therefore passed only when no transaction is left that
/// was open after it was read, and when what those have committed was read too.
/// </summary>
internal sealed class PartitionPosition
{
    private OutboxPosition? _last;
    private OutboxPosition? _candidate;
    private HashSet<string> _writers = [];

    /// <summary>Only what comes after this is read; null: from the start.</summary>
    public OutboxPosition? After { get; private set; }

    /// <summary>The next read passes something.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Something was read that is not passed.</summary>
    public bool CanSettle => !IsSettled && _last is not null;

    public void StartOver() => (After, _last, _candidate, IsSettled) = (null, null, null, false);

    /// <summary>Everything that was visible from <see cref="After"/> up to here has been relayed or held back.</summary>
    /// <param name="last">The last message read; null when there was none.</param>
    /// <param name="atEnd">There was no more to read.</param>
    public void Read(OutboxPosition? last, bool atEnd)
    {
        if (IsSettled && (atEnd || last >= _candidate))
        {
            (After, _candidate, IsSettled) = (_candidate, null, false);
            _last = last > After ? last : null;
        }
        else if (IsSettled)
        {
            // Messages that appeared late have filled the read; what is before the candidate is settled, and so is this.
            After = last;
        }
        else if (_last is null || last > _last)
        {
            _last = last ?? _last;
        }
    }

    /// <summary>Looks whether those have ended that could still add a message before what was read.</summary>
    /// <param name="writers">The transactions that write to the outbox now, by names that are never used twice.</param>
    public void Settle(HashSet<string> writers)
    {
        if (_candidate is null)
        {
            (_candidate, _writers) = (_last, writers);
        }

        IsSettled = !_writers.Overlaps(writers);
    }
}
