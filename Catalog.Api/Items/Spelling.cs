namespace Catalog.Api.Items;

/// <summary>
/// Corrects the words of a search with the words of the catalog. One typing error is an inserted, missing, wrong or transposed letter.
/// </summary>
internal static class Spelling
{
    // In shorter words nearly every other word is one error away.
    private const int ShortestCorrected = 3;
    private const int ShortestWithTwoErrors = 6;
    private const int MaxSpellings = 50;

    /// <summary>The search with the nearest words of <paramref name="vocabulary"/>; null if a word resembles none of them.</summary>
    public static SearchText? Correct(SearchText search, IReadOnlyCollection<string> vocabulary)
    {
        var words = search.Words.Select(typed => SpellingsOf(typed[0], vocabulary)).ToArray();
        return words.Length > 0 && words.All(spellings => spellings.Length > 0) ? new SearchText(words) : null;
    }

    private static string[] SpellingsOf(string typed, IReadOnlyCollection<string> vocabulary)
    {
        var allowed = typed.Length < ShortestCorrected ? 0 : typed.Length < ShortestWithTwoErrors ? 1 : 2;
        return [.. vocabulary
            .Select(word => (Word: word, Errors: Errors(typed, word, allowed)))
            .Where(candidate => candidate.Errors <= allowed)
            .OrderBy(candidate => candidate.Errors).ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .Take(MaxSpellings)

            // A word, or the beginning of one, that is right stays as it was typed.
            .Select(candidate => candidate.Errors == 0 ? typed : candidate.Word).Distinct()];
    }

    /// <summary>
    /// The number of typing errors between the typed text and the nearest beginning of the word (optimal string alignment distance): a
    /// search finds words by their beginning.
    /// </summary>
    /// <param name="typed">The typed text.</param>
    /// <param name="word">A word of the catalog.</param>
    /// <param name="allowed">Above this number the result may be too low.</param>
    internal static int Errors(string typed, string word, int allowed)
    {
        if (word.Length < typed.Length - allowed)
        {
            return typed.Length - word.Length;
        }

        // A beginning that is longer than the typed text by more than the allowed errors cannot be the nearest.
        var columns = Math.Min(word.Length, typed.Length + allowed);
        var (beforeLast, last, current) = (new int[columns + 1], new int[columns + 1], new int[columns + 1]);
        for (var j = 0; j <= columns; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= typed.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= columns; j++)
            {
                var substitution = last[j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last.Min();
    }
}
