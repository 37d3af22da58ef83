using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Resources;

/// <summary>A piece of a console line in one style. Colours are 0 to 15, or -1 for the text's own.</summary>
public readonly record struct AnsiRun(string Text, int Colour, bool IsBold, bool IsDim);

/// <summary>Reads the colours of terminal output: <c>"\e[31mfail\e[39m: Kestrel"</c>. Cursor movements and the like are left out.</summary>
public static partial class AnsiText
{
    public static string Strip(string text) => text.Contains('\e') ? Sequence().Replace(text, "") : text;

    public static List<AnsiRun> Parse(string text)
    {
        var runs = new List<AnsiRun>();
        var (at, colour, bold, dim) = (0, -1, false, false);
        foreach (var match in Sequence().EnumerateMatches(text))
        {
            Add(text[at..match.Index]);
            at = match.Index + match.Length;
            if (text[at - 1] == 'm')
            {
                Apply(text.AsSpan(match.Index, match.Length).TrimStart("\e[").TrimEnd('m'));
            }
        }

        Add(text[at..]);
        return runs;

        void Add(string piece)
        {
            if (piece.Length > 0)
            {
                runs.Add(new AnsiRun(piece, colour, bold, dim));
            }
        }

        void Apply(ReadOnlySpan<char> codes)
        {
            foreach (var range in codes.Split(';'))
            {
                _ = int.TryParse(codes[range], NumberStyles.None, CultureInfo.InvariantCulture, out var code);
                (colour, bold, dim) = code switch
                {
                    0 => (-1, false, false),
                    1 => (colour, true, dim),
                    2 => (colour, bold, true),
                    22 => (colour, false, false),
                    >= 30 and <= 37 => (code - 30, bold, dim),
                    39 => (-1, bold, dim),
                    >= 90 and <= 97 => (code - 90 + 8, bold, dim),
                    _ => (colour, bold, dim),
                };
            }
        }
    }

    [GeneratedRegex(@"\e(?:\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(?:\a|\e\\)?|[@-Z\\^_])")]
    private static partial Regex Sequence();
}
