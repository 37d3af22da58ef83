namespace EventBus.Outbox;

/// <summary>Reads a partition of the outbox from its oldest message on, and leaves behind what it has passed for certain.</summary>
internal sealed class PartitionReader(IOutboxLease lease, int limit, TimeProvider clock)
{
    /// <summary>
    /// How often what was relayed is left behind. In a backlog, with each read: the database knows the latest deletions as such only when
    /// they are on its disk, and would walk over all of them again and again.
    /// </summary>
    private static readonly TimeSpan SettleInterval = TimeSpan.FromSeconds(1);

    /// <summary>How often the whole partition is read, for rows that an administrator inserted by hand before the position.</summary>
    private static readonly TimeSpan LookBackInterval = TimeSpan.FromMinutes(1);

    private readonly PartitionPosition _position = new();
    private long _lookedBackAt = clock.GetTimestamp();
    private long _settledAt = clock.GetTimestamp();

    /// <summary>The last read found the end of the partition.</summary>
    public bool AtEnd { get; private set; } = true;

    public void StartOver() => _position.StartOver();

    /// <param name="mayLookBack">False while messages are held back: those are passed, and stay.</param>
    public async Task<IReadOnlyList<OutboxEntry>> ReadAsync(bool mayLookBack, CancellationToken cancellationToken)
    {
        var looksBack = mayLookBack && clock.GetElapsedTime(_lookedBackAt) >= LookBackInterval;
        var entries = await lease.PeekAsync(looksBack ? null : _position.After, limit, cancellationToken);
        if (looksBack)
        {
            _lookedBackAt = clock.GetTimestamp();
            if (entries.Count > 0 && entries[0].Position <= _position.After)
            {
                StartOver();
            }
        }

        return entries;
    }

    /// <summary>Everything that was read has been relayed or held back.</summary>
    /// <param name="entries">What was read.</param>
    /// <param name="mustPass">The next read would be the same: it has to begin behind these.</param>
    /// <returns>False when the next read is still the same, because of transactions that have not ended yet.</returns>
    public async Task<bool> PassAsync(IReadOnlyList<OutboxEntry> entries, bool mustPass, CancellationToken cancellationToken)
    {
        AtEnd = entries.Count < limit;
        _position.Read(entries.Count > 0 ? entries[^1].Position : null, AtEnd);
        if (_position.CanSettle && (!AtEnd || clock.GetElapsedTime(_settledAt) >= SettleInterval))
        {
            _position.Settle(await lease.WritersAsync(cancellationToken));
            _settledAt = clock.GetTimestamp();
        }

        return !mustPass || _position.IsSettled;
    }
}
