namespace Flows.DeadLetters;

/// <summary>The dead letters of all sources at one moment.</summary>
/// <param name="Sources">In the order of the settings; empty when none is configured.</param>
public sealed record DeadLetterSummary(IReadOnlyList<SourceState> Sources)
{
    /// <summary>How many there are; of a source that does not answer, how many there were.</summary>
    public long Total { get; } = Sources.Sum(source => source.Count);

    /// <summary>Newest failure first.</summary>
    public IReadOnlyList<DeadLetterGroup> Groups { get; } = DeadLetterGroup.Of(Sources.SelectMany(source => source.Letters));

    /// <summary>The sources that do not answer.</summary>
    public IReadOnlyList<SourceState> Unreachable { get; } = [.. Sources.Where(source => source.UnreachableSince is not null)];

    public bool IsConfigured => Sources.Count > 0;

    /// <summary>Whether all dead letters of all sources were read, so that one that is missing is not there.</summary>
    public bool IsComplete => IsConfigured && Unread == 0 && Sources.All(source => source is { ReadAt: not null, UnreachableSince: null });

    /// <summary>The dead letter of this message in this queue; null if it is not among those that were read.</summary>
    public DeadLetter? Find(string messageId, string queue) =>
        Sources.SelectMany(source => source.Letters).FirstOrDefault(letter => letter.MessageId == messageId && letter.Queue == queue);

    /// <summary>Dead letters that were counted but not read, because there are too many.</summary>
    public long Unread => Math.Max(0, Total - Sources.Sum(source => source.Letters.Count));
}
