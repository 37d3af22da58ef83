namespace Flows.DeadLetters;

/// <summary>The dead letters as last read from the sources, and some that have left their queues.</summary>
public sealed class DeadLetterStore(DeadLetterSettings settings, TimeProvider clock)
{
    private const int MostPast = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PastDeadLetter> _past = [];
    private readonly Queue<string> _pastInOrder = [];
    private volatile DeadLetterSummary _summary =
        new([.. settings.Sources.Select(source => new SourceState(source.Name, 0, [], ReadAt: null, UnreachableSince: null, Fault: null))]);
    private long _version;

    /// <summary>Grows with each change of <see cref="Summary"/>.</summary>
    public long Version => Volatile.Read(ref _version);

    public DeadLetterSummary Summary => _summary;

    /// <summary>The dead letter in its queue; null when it is not known or has left.</summary>
    public DeadLetter? Find(string id) =>
        _summary.Sources.SelectMany(source => source.Letters).FirstOrDefault(letter => letter.Id == id);

    /// <summary>The dead letter that has left its queue; null when it is not known.</summary>
    public PastDeadLetter? FindPast(string id)
    {
        lock (_gate)
        {
            return _past.GetValueOrDefault(id);
        }
    }

    internal void Read(string source, long count, IReadOnlyList<DeadLetter> letters) => Change(source, before =>
    {
        // Of more letters than are read at once, one that is missing may still be there.
        if (letters.Count >= count)
        {
            var present = letters.Select(letter => letter.Id).ToHashSet();
            foreach (var letter in before.Letters.Where(letter => !present.Contains(letter.Id)))
            {
                Remember(letter, Fate.Gone);
            }
        }

        return new SourceState(source, count, letters, clock.GetUtcNow(), UnreachableSince: null, Fault: null);
    });

    /// <summary>The source answered, and nothing has changed.</summary>
    internal void Reached(string source)
    {
        if (StateOf(source).UnreachableSince is not null)
        {
            Change(source, before => before with { ReadAt = clock.GetUtcNow(), UnreachableSince = null, Fault = null });
        }
    }

    internal void Failed(string source, string fault)
    {
        if (StateOf(source).Fault != fault)
        {
            Change(source, before => before with { UnreachableSince = before.UnreachableSince ?? clock.GetUtcNow(), Fault = fault });
        }
    }

    /// <summary>An action of Flows took these out of their queue.</summary>
    internal void Left(string source, IReadOnlySet<string> ids, Fate fate) => Change(source, before =>
    {
        var left = before.Letters.Where(letter => ids.Contains(letter.Id)).ToList();
        left.ForEach(letter => Remember(letter, fate));
        return before with { Letters = [.. before.Letters.Except(left)], Count = Math.Max(0, before.Count - left.Count) };
    });

    private SourceState StateOf(string source) => _summary.Sources.First(state => state.Name == source);

    private void Change(string source, Func<SourceState, SourceState> change)
    {
        lock (_gate)
        {
            _summary = new DeadLetterSummary([.. _summary.Sources.Select(state => state.Name == source ? change(state) : state)]);
            Interlocked.Increment(ref _version);
        }
    }

    private void Remember(DeadLetter letter, Fate fate)
    {
        if (_past.TryAdd(letter.Id, new PastDeadLetter(letter, fate, clock.GetUtcNow())))
        {
            _pastInOrder.Enqueue(letter.Id);
            if (_pastInOrder.Count > MostPast)
            {
                _past.Remove(_pastInOrder.Dequeue());
            }
        }
    }
}
