using System.Text;

namespace Catalog.Api.Items;

/// <summary>How forgiving a search is. The first level that finds anything answers.</summary>
public enum SearchLevel
{
    /// <summary>Every word begins a word of name, type or brand: what a client of the v2 contract expects of <c>name</c>.</summary>
    Words,

    /// <summary>Every word stands, in any form, anywhere, descriptions included.</summary>
    Text,

    /// <summary>Every word resembles one of name, type or brand: mistyped.</summary>
    Resembling,
}

/// <summary>The words of a search, lower-case, letters and digits only: nothing in them is syntax to PostgreSQL.</summary>
public sealed record SearchText(IReadOnlyList<string> Words)
{
    private const int MostWords = 8;
    private const int ShortestResembling = 3;

    /// <summary>Whether Unicode's normal forms take it: they refuse U+FFFE and halves of surrogate pairs.</summary>
    public static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\uFFFE' || !Rune.TryGetRuneAt(text, i, out var rune))
            {
                return false;
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return true;
    }

    /// <param name="text">For which <see cref="IsText"/> holds.</param>
    public static SearchText From(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else
            {
                EndWord();
            }
        }

        EndWord();
        return new SearchText(words);

        void EndWord()
        {
            if (word.Length > 0 && words.Count < MostWords)
            {
                words.Add(word.ToString());
            }

            word.Clear();
        }
    }

    /// <summary>Adds the condition of this level to a query on products.</summary>
    public void AppendTo(SqlText sql, SearchLevel level)
    {
        // Punctuation alone finds nothing; so does resemblance to one or two letters.
        if (Words.Count == 0 || (level is SearchLevel.Resembling && Words.All(word => word.Length < ShortestResembling)))
        {
            sql.Append(" and false");
            return;
        }

        switch (level)
        {
            case SearchLevel.Words:
                sql.Append(" and search @@ to_tsquery('simple', ").Add(string.Join(" & ", Words.Select(word => $"{word}:*AB"))).Append(")");
                break;
            case SearchLevel.Text:
                foreach (var word in Words)
                {
                    sql.Append(" and search @@ (to_tsquery('simple', ").Add($"{word}:*AB")
                        .Append(") || to_tsquery('english', ").Add($"{word}:D").Append("))");
                }

                break;
            case SearchLevel.Resembling:
                foreach (var word in Words.Where(word => word.Length >= ShortestResembling))
                {
                    sql.Append(" and ").Add(word).Append(" <% search_words");
                }

                break;
        }
    }
}
