using Flows.Traces;

namespace Flows.Stitching;

/// <summary>
/// Lists and searches messages. All pages and requests share one snapshot, which is renewed at most twice a second.
/// </summary>
public sealed class MessageCatalog(TraceStore traces, FlowCatalog flows, TimeProvider clock)
{
    private static readonly TimeSpan ShortestAge = TimeSpan.FromMilliseconds(500);

    // What is unfinished changes with time alone.
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private MessageSnapshot? _current;

    /// <summary>The stored flows and messages, newest first, at most half a second old.</summary>
    public MessageSnapshot Current()
    {
        lock (_gate)
        {
            if (_current is null || IsOld(_current))
            {
                _current = Take();
            }

            return _current;
        }
    }

    /// <summary>The newest messages that match, newest first.</summary>
    public List<SentMessage> List(MessageFilter filter, int max) =>
        [.. Current().Messages.Where(filter.Matches).Take(max)];

    /// <summary>The message with this id (of several, the newest), or null if it is not stored.</summary>
    public SentMessage? Find(string id) => Current().Find(id);

    /// <summary>The message of this flow with this id or, if the flow has none, the newest of any flow.</summary>
    public SentMessage? FindIn(FlowView flow, string id)
    {
        var current = Current();
        return current.Find(SentMessage.SharedId(id, flow)) ?? current.Find(id);
    }

    private bool IsOld(MessageSnapshot snapshot)
    {
        var now = clock.GetUtcNow();
        var age = now - snapshot.At;
        return age < TimeSpan.Zero
            || snapshot.NextDueAt <= now
            || (age > ShortestAge && snapshot.Version != traces.Version)
            || (age > LongestAge && snapshot.HasUnfinished);
    }

    private MessageSnapshot Take()
    {
        var version = traces.Version;
        var views = flows.List(new FlowFilter(), int.MaxValue);
        var messages = Distinct([.. views.SelectMany(flow => flow.Messages.Select(message => new SentMessage(flow, message)))]);
        Array.Sort(messages, (left, right) => right.At.CompareTo(left.At));
        return new MessageSnapshot(version, clock.GetUtcNow(), views, messages);
    }

    // Flows may share spans, and so a message. Messages with one id are different ones only if each of them was created.
    private static SentMessage[] Distinct(SentMessage[] all)
    {
        var seen = new HashSet<string>(all.Length, StringComparer.Ordinal);
        var repeated = all.Select(sent => sent.Message.Id).Where(id => !seen.Add(id)).ToHashSet(StringComparer.Ordinal);
        return repeated.Count == 0
            ? all
            :
            [
                .. all.Where(sent => !repeated.Contains(sent.Message.Id)),
                .. all.Where(sent => repeated.Contains(sent.Message.Id))
                    .GroupBy(sent => sent.Message.Id, StringComparer.Ordinal)
                    .SelectMany(sameId => Created([.. sameId])),
            ];
    }

    private static IEnumerable<SentMessage> Created(List<SentMessage> sameId)
    {
        var created = sameId.Where(sent => sent.Message.CreateSpan is not null).DistinctBy(sent => sent.Message.CreateSpan!.Ref).ToList();
        return created.Count switch
        {
            0 => [sameId[0]],
            1 => created,
            _ => created.Select(sent => sent with { IsIdShared = true }),
        };
    }
}
