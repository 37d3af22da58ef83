namespace WebApp.Identity.Passwords;

/// <summary>
/// Estimates how many guesses a program needs for a password: it tries leaked passwords, words, patterns and what it knows about the
/// person, alone and combined.
/// </summary>
internal sealed class GuessEstimate
{
    private const int ShortestPart = 3;

    // Decimal logarithms of the number of guesses, as are all costs.
    private const double OtherCharacter = 1;
    private const double PersonalWord = 0.7;
    private const double Capitals = 0.3;
    private const double Substitutes = 0.3;
    private const double SameAgain = 0.3;
    private const double StartOfRow = 1.3;
    private const double AnyYear = 2;

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "1234567890-=", "qwertyuiop[]", "qwertzuiopü", "azertyuiop", "asdfghjkl;'",
        "zxcvbnm,./",
    ];

    private readonly string _text;
    private readonly string _plain;
    private readonly HashSet<string> _personal;
    private readonly (double Cost, int Start, Pattern Pattern)[] _best;

    /// <param name="personal">Words about the person.</param>
    public GuessEstimate(string password, IEnumerable<string> personal)
    {
        _text = password;
        _plain = string.Concat(password.Select(letter => Plain(char.ToLowerInvariant(letter))));
        _personal = [.. personal.Select(word => word.ToLowerInvariant())];
        _best = new (double, int, Pattern)[password.Length + 1];
        FindCheapest();
    }

    /// <summary>The decimal logarithm of the number of guesses.</summary>
    public double Guesses => _best[^1].Cost;

    /// <summary>The pattern of most characters of the password.</summary>
    public Pattern MainPattern
    {
        get
        {
            var characters = new int[Enum.GetValues<Pattern>().Length];
            for (var end = _text.Length; end > 0; end = _best[end].Start)
            {
                characters[(int)_best[end].Pattern] += end - _best[end].Start;
            }

            return (Pattern)Array.IndexOf(characters, characters.Max());
        }
    }

    // Of all ways to cut the password into parts, the one that needs the fewest guesses: for each end, the best start of the last part.
    private void FindCheapest()
    {
        for (var end = 1; end <= _text.Length; end++)
        {
            _best[end] = (_best[end - 1].Cost + OtherCharacter, end - 1, Pattern.Other);
            for (var start = 0; start < end; start++)
            {
                if (Recognize(start, end) is { } part && _best[start].Cost + part.Cost < _best[end].Cost)
                {
                    _best[end] = (_best[start].Cost + part.Cost, start, part.Pattern);
                }
            }
        }
    }

    private (double Cost, Pattern Pattern)? Recognize(int start, int end)
    {
        var length = end - start;
        if (start >= length && string.CompareOrdinal(_text, start - length, _text, start, length) == 0)
        {
            return (SameAgain, Pattern.Repeat);
        }

        if (length < ShortestPart)
        {
            return null;
        }

        var lower = _text[start..end].ToLowerInvariant();
        return IsRow(lower) ? (StartOfRow + Math.Log10(length), Pattern.Row)
            : IsYear(lower) ? (AnyYear, Pattern.Year)
            : RecognizeWord(lower, _plain[start..end], _text[start..end]);
    }

    private (double Cost, Pattern Pattern)? RecognizeWord(string lower, string plain, string text)
    {
        var changes = (lower == text ? 0 : Capitals) + (lower == plain ? 0 : Substitutes);
        foreach (var word in (string[])[lower, plain])
        {
            if (_personal.Contains(word))
            {
                return (PersonalWord + changes, Pattern.Personal);
            }

            if (word.Length <= CommonPasswords.LongestLength && CommonPasswords.RankOf(word) is { } rank)
            {
                return (Math.Log10(rank) + changes, Pattern.Common);
            }
        }

        return null;
    }

    private static bool IsRow(string text) => Rows.Any(row =>
        row.Contains(text, StringComparison.Ordinal) || row.Contains(Reverse(text), StringComparison.Ordinal));

    private static bool IsYear(string text) => text is ['1', '9', _, _] or ['2', '0', _, _] && text.All(char.IsAsciiDigit);

    private static string Reverse(string text) => string.Concat(text.Reverse());

    // The letters that people write as digits and signs.
    private static char Plain(char letter) => letter switch
    {
        '0' => 'o',
        '1' or '!' or '|' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' or '+' => 't',
        _ => letter,
    };
}
