using System.Globalization;
using System.Text;

namespace ServiceDefaults.Text;

/// <summary>The rules for text that people read: names, addresses, descriptions.</summary>
public static class PlainText
{
    // Letters and symbols by category that fonts draw as nothing: Hangul fillers and the blank Braille pattern.
    private static readonly int[] BlankGlyphs = [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0];

    /// <summary>
    /// The reason why <paramref name="text"/> is refused, or null. Refused are half surrogate pairs and U+FFFE (Unicode normalisation
    /// throws on both), control characters (PostgreSQL cannot store NUL), direction overrides (they display a text other than the stored
    /// one), and text without one visible character. Empty text is allowed.
    /// </summary>
    /// <param name="text">Any text; null is allowed.</param>
    /// <param name="multiline">Whether tabs and line breaks are allowed.</param>
    public static string? FaultOf(string? text, bool multiline = false)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!text.IsNormalizable() || text.EnumerateRunes().Any(rune => IsForbidden(rune.Value, multiline)))
        {
            return "Remove the invisible character and type it again.";
        }

        return text.ToNfc().EnumerateRunes().Any(IsVisible) ? null : "Enter at least one visible character.";
    }

    private static bool IsForbidden(int character, bool multiline) => character switch
    {
        '\t' or '\n' or '\r' or 0x2028 or 0x2029 => !multiline,
        >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 => true,
        _ => character < 0x20 || character is >= 0x7F and <= 0x9F,
    };

    private static bool IsVisible(Rune rune) => !BlankGlyphs.Contains(rune.Value) && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.OtherNotAssigned);
}
