using System.Security.Cryptography;
using System.Text;

namespace WebApp.BackOffice;

/// <summary>
/// Remembers in a form what its fields showed. Saving then changes only what was changed in the form: a product's stock changes with each
/// order, and somebody else may edit it at the same time.
/// </summary>
internal static class FieldMarks
{
    private const char Separator = '.';
    private const int MarkBytes = 6;

    /// <summary>The value of the form's hidden field: one mark for each field.</summary>
    public static string Of(params IEnumerable<string> values) => string.Join(Separator, values.Select(Mark));

    /// <summary>
    /// What to save in a field: what is stored, if the field was not changed in the form, and else what was typed. It is a conflict if both
    /// were changed.
    /// </summary>
    /// <param name="marks">What <see cref="Of"/> returned when the form was shown.</param>
    /// <param name="index">Which of the marks belongs to the field.</param>
    /// <param name="typed">The field's value in the form.</param>
    /// <param name="stored">The value now.</param>
    public static (string Value, bool IsConflict) Merge(string? marks, int index, string typed, string stored)
    {
        var shown = (marks ?? "").Split(Separator).ElementAtOrDefault(index);
        if (typed == stored || Mark(typed) == shown)
        {
            return (stored, false);
        }

        return (typed, Mark(stored) != shown);
    }

    private static string Mark(string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, MarkBytes));
}
