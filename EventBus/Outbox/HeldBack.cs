using System.Collections.Concurrent;
using EventBus.Messages;

namespace EventBus.Outbox;

/// <summary>
/// Chooses which messages of a partition may be published now. A message that requires a receiver and has none waits, and so do later
/// messages with its key; the others pass. A type is known to have a queue once one of its messages was confirmed. Until then its keys
/// advance one message at a time, because a message that the broker returns must not be overtaken by its successor. A message that the
/// broker will never store is skipped, and only that one.
/// </summary>
internal sealed class HeldBack(MessageRegistry registry, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Hold> _types = new();
    private readonly ConcurrentDictionary<Guid, Refusal> _refused = new();
    private readonly HashSet<string> _keys = [];
    private readonly HashSet<string> _known = [];

    /// <summary>The types that wait for a receiver, and since when.</summary>
    public IEnumerable<(string Type, DateTimeOffset Since)> Types => _types.Select(held => (held.Key, held.Value.Since));

    /// <summary>The messages that the broker refuses, until another process relays the partition.</summary>
    public IEnumerable<Refusal> Refusals => _refused.Values;

    /// <summary>Messages were skipped since the last <see cref="StartOver"/>.</summary>
    public bool Any => _keys.Count > 0 || !_refused.IsEmpty;

    /// <summary>The message is held back.</summary>
    public bool Holds(OutboxEntry entry) => IsRefused(entry) || _keys.Contains(entry.Message.Key);

    /// <summary>A message of this type was returned, and none was confirmed since.</summary>
    public bool HasReturned(OutboxEntry entry) => _types.ContainsKey(entry.Message.Type);

    /// <summary>
    /// The partition is read from its oldest message again. True when some messages have waited long enough for another try.
    /// </summary>
    public bool StartOver()
    {
        _keys.Clear();
        return _types.Values.Any(hold => hold.Until <= clock.GetUtcNow());
    }

    /// <summary>The messages that may be sent together, and those that must wait for the outcome of these.</summary>
    public (List<OutboxEntry> Now, List<OutboxEntry> Next) Choose(IReadOnlyList<OutboxEntry> entries)
    {
        var (now, next) = (new List<OutboxEntry>(entries.Count), new List<OutboxEntry>());
        var uncertain = new HashSet<string>();
        foreach (var entry in entries)
        {
            var (type, key) = (entry.Message.Type, entry.Message.Key);
            if (IsRefused(entry) || _keys.Contains(key))
            {
                continue;
            }

            if (_types.TryGetValue(type, out var hold) && hold.Until > clock.GetUtcNow())
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
                if (!_known.Contains(type) && registry.RequiresReceiver(entry.Message))
                {
                    uncertain.Add(key);
                }
            }
        }

        return (now, next);
    }

    /// <summary>A queue received the message.</summary>
    public void Confirmed(OutboxEntry entry)
    {
        _known.Add(entry.Message.Type);
        _types.TryRemove(entry.Message.Type, out _);
    }

    /// <summary>No queue receives the message.</summary>
    public void Returned(OutboxEntry entry)
    {
        var (type, now) = (entry.Message.Type, clock.GetUtcNow());
        _keys.Add(entry.Message.Key);
        _known.Remove(type);

        // Many messages of a type are returned together; that counts as one failure.
        if (!_types.TryGetValue(type, out var hold) || hold.Until <= now)
        {
            var failures = (hold?.Failures ?? 0) + 1;
            _types[type] = new Hold(failures, hold?.Since ?? now, now + Jitter.Backoff(failures, FirstPause, LongestPause));
        }
    }

    /// <summary>The broker will never store the message.</summary>
    public void Refused(OutboxEntry entry, string reason) =>
        _refused[entry.Message.MessageId] = new Refusal(entry.Message.Type, entry.Message.MessageId, reason);

    private bool IsRefused(OutboxEntry entry) => _refused.ContainsKey(entry.Message.MessageId);

    private sealed record Hold(int Failures, DateTimeOffset Since, DateTimeOffset Until);
}

/// <param name="Type">The wire name.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Reason">Why the broker refuses it.</param>
internal sealed record Refusal(string Type, Guid MessageId, string Reason);
