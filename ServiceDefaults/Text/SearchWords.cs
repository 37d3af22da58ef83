using System.Text;

namespace ServiceDefaults.Text;

/// <summary>The words of a search.</summary>
public static class SearchWords
{
    private const int Most = 8;

    /// <param name="text">Valid Unicode.</param>
    /// <returns>
    /// The first 8 words, in NFC and lower case. They have only letters and digits, so that PostgreSQL reads nothing in them as syntax.
    /// </returns>
    public static IReadOnlyList<string> Of(string text)
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

        return [.. words.Take(Most)];
    }
}
