using System.Collections.Frozen;

namespace WebApp.Identity.Passwords;

/// <summary>The 30 000 passwords that leaked most often. Many are common words and names.</summary>
internal static class CommonPasswords
{
    private static readonly FrozenDictionary<string, int> Ranks = Read();

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Ranks.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The length of the longest one.</summary>
    public static readonly int LongestLength = Ranks.Keys.Max(password => password.Length);

    /// <summary>1 for the most frequent one; null for one that is not in the list.</summary>
    /// <param name="password">In small letters.</param>
    public static int? RankOf(ReadOnlySpan<char> password) => BySpan.TryGetValue(password, out var rank) ? rank : null;

    private static FrozenDictionary<string, int> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream(typeof(CommonPasswords), "common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select((password, index) => (password, rank: index + 1))
            .ToFrozenDictionary(line => line.password, line => line.rank);
    }
}
