namespace Flows.DeadLetters;

/// <param name="Total">How many there are; of a source that does not answer, how many there were.</param>
/// <param name="Unread">How many of them are in no group, because there are too many to read.</param>
public sealed record DeadLetterListView(
    long Total, long Unread, IReadOnlyList<SourceView> Sources, IReadOnlyList<DeadLetterGroupView> Groups)
{
    public static DeadLetterListView Of(DeadLetterSummary summary) => new(
        summary.Total,
        summary.Unread,
        [.. summary.Sources.Select(source => new SourceView(
            source.Name, source.Count, source.ReadAt, source.UnreachableSince, source.Fault))],
        [.. summary.Groups.Select(group => new DeadLetterGroupView(
            group.Key, group.Type, group.Reason, group.ExceptionType, group.Frame, group.Count, group.Oldest, group.Newest, group.Sources,
            group.Letters))]);
}

public sealed record SourceView(string Name, long Count, DateTimeOffset? ReadAt, DateTimeOffset? UnreachableSince, string? Fault);

public sealed record DeadLetterGroupView(
    string Key, string? Type, string Reason, string? ExceptionType, string? Frame, int Count, DateTimeOffset? Oldest,
    DateTimeOffset? Newest, IReadOnlyList<string> Sources, IReadOnlyList<DeadLetter> Letters);
