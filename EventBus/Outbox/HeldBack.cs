using System.Collections.Concurrent;
using EventBus.Messages;

namespace EventBus.Outbox;

/// <summary>
/// Chooses which messages of a lane may leave now. One that must have a receiver and has none waits, and behind it all later ones of its key;
/// the others pass. Types are known to have a queue once one of them was taken; until then their keys advance message by message, because a
/// message that comes back must not have been overtaken by its successor.
/// </summary>
internal sealed class HeldBack(MessageRegistry registry, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Hold> _types = new();
    private readonly HashSet<string> _keys = [];
    private readonly HashSet<string> _known = [];

    /// <summary>The types that wait for a receiver, and since when.</summary>
    public IEnumerable<(string Type, DateTimeOffset Since)> Types => _types.Select(held => (held.Key, held.Value.Since));

    /// <summary>Something is passed over since the last <see cref="StartOver"/>.</summary>
    public bool Any => _keys.Count > 0;

    /// <summary>The message stays for now.</summary>
    public bool Holds(OutboxEntry entry) => _keys.Contains(entry.Message.Key);

    /// <summary>Messages of this type were refused, and none was taken since.</summary>
    public bool HasRefused(OutboxEntry entry) => _types.ContainsKey(entry.Message.Type);

    /// <summary>The lane is read from its oldest message again. True when some have waited long enough and are tried.</summary>
    public bool StartOver()
    {
        _keys.Clear();
        return _types.Values.Any(hold => hold.Until <= time.GetUtcNow());
    }

    /// <summary>The messages that may be sent together, and those that must wait to hear how they fare.</summary>
    public (List<OutboxEntry> Now, List<OutboxEntry> Next) Choose(IReadOnlyList<OutboxEntry> entries)
    {
        var (now, next) = (new List<OutboxEntry>(entries.Count), new List<OutboxEntry>());
        var uncertain = new HashSet<string>();
        foreach (var entry in entries)
        {
            var (type, key) = (entry.Message.Type, entry.Message.Key);
            if (_keys.Contains(key))
            {
                continue;
            }

            if (_types.TryGetValue(type, out var hold) && hold.Until > time.GetUtcNow())
            {
                _keys.Add(key);
            }
            else if (uncertain.Contains(key))
            {
                next.Add(entry);
            }
            else
            {
                now.Add(entry);
                if (!_known.Contains(type) && registry.NeedsReceiver(entry.Message))
                {
                    uncertain.Add(key);
                }
            }
        }

        return (now, next);
    }

    /// <summary>A queue has taken the message.</summary>
    public void Taken(OutboxEntry entry)
    {
        _known.Add(entry.Message.Type);
        _types.TryRemove(entry.Message.Type, out _);
    }

    /// <summary>No queue takes the message.</summary>
    public void Refused(OutboxEntry entry)
    {
        var (type, now) = (entry.Message.Type, time.GetUtcNow());
        _keys.Add(entry.Message.Key);
        _known.Remove(type);

        // Many of a type come back together; that is one failure.
        if (!_types.TryGetValue(type, out var hold) || hold.Until <= now)
        {
            var failures = (hold?.Failures ?? 0) + 1;
            _types[type] = new Hold(failures, hold?.Since ?? now, now + Jitter.Backoff(failures, FirstPause, LongestPause));
        }
    }

    private sealed record Hold(int Failures, DateTimeOffset Since, DateTimeOffset Until);
}
