using System.Text;

namespace ServiceDefaults.Text;

/// <summary>
/// Unicode has several codes for one letter: "é" is one character on one keyboard and "e" with an accent on another. Text that is compared,
/// searched or hashed must be in one form, NFC.
/// </summary>
public static class NormalForm
{
    private const char NonCharacter = '\uFFFE';

    /// <summary>The text in NFC.</summary>
    /// <exception cref="ArgumentException"><see cref="IsNormalizable"/> is false for the text.</exception>
    public static string ToNfc(this string text) => text.Normalize(NormalizationForm.FormC);

    /// <summary>Whether the text is valid Unicode: no half surrogate pair, and no U+FFFE, which ICU refuses as well.</summary>
    public static bool IsNormalizable(this string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == NonCharacter || !Rune.TryGetRuneAt(text, i, out var rune))
            {
                return false;
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return true;
    }
}
