namespace Flows.DeadLetters;

/// <summary>Dead letters with the same message type, reason, exception type and frame: they most likely have one cause.</summary>
/// <param name="Key">The group's id, the same at each service.</param>
/// <param name="Letters">Newest first; at least one.</param>
public sealed record DeadLetterGroup(string Key, IReadOnlyList<DeadLetter> Letters)
{
    public int Count => Letters.Count;

    public string? Type => Letters[0].Type;

    public string Reason => Letters[0].Reason;

    public string? ExceptionType => Letters[0].ExceptionType;

    public string? Frame => Letters[0].Frame;

    public DateTimeOffset? Newest => Letters[0].FailedAt;

    public DateTimeOffset? Oldest => Letters[^1].FailedAt;

    /// <summary>The names of the sources that have letters of this group.</summary>
    public IReadOnlyList<string> Sources { get; } = [.. Letters.Select(letter => letter.Source).Distinct().Order()];

    public static IReadOnlyList<DeadLetterGroup> Of(IEnumerable<DeadLetter> letters) =>
    [
        .. letters.GroupBy(letter => letter.Group)
            .Select(group => new DeadLetterGroup(group.Key, [.. group.OrderByDescending(letter => letter.FailedAt)]))
            .OrderByDescending(group => group.Newest),
    ];
}
