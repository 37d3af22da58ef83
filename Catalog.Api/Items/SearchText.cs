using System.Text;
using ServiceDefaults.Text;

namespace Catalog.Api.Items;

/// <summary>
/// The words of a search, and for each the spellings that count: as typed, or corrected. Only letters and digits in lower case, so that
/// PostgreSQL reads nothing in them as syntax.
/// </summary>
public sealed record SearchText(IReadOnlyList<IReadOnlyList<string>> Words)
{
    private const int MaxWords = 8;

    /// <param name="text">Valid Unicode.</param>
    public static SearchText From(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.ToNfc().EnumerateRunes().Append(new Rune(' ')))
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return new SearchText([.. words.Take(MaxWords).Select(typed => new[] { typed })]);
    }

    /// <summary>Adds the condition of this level to a query on products.</summary>
    public void AppendTo(SqlText sql, SearchLevel level)
    {
        // Punctuation alone finds nothing.
        if (Words.Count == 0)
        {
            sql.Append(" and false");
            return;
        }

        foreach (var spellings in Words)
        {
            sql.Append(" and search @@ (to_tsquery('simple', ").Add(AnyOf(spellings, ":*AB")).Append(")");
            if (level is SearchLevel.Text)
            {
                sql.Append(" || to_tsquery('english', ").Add(AnyOf(spellings, ":D")).Append(")");
            }

            sql.Append(")");
        }
    }

    private static string AnyOf(IEnumerable<string> spellings, string suffix) =>
        string.Join(" | ", spellings.Select(word => $"{word}{suffix}"));
}
