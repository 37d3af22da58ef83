using System.Globalization;
using System.Text;

namespace WebApp.Mail;

/// <summary>A mail as plain text.</summary>
internal static class LetterText
{
    public static string Write(Letter letter)
    {
        var text = new StringBuilder(letter.Greeting).Append("\n\n");
        foreach (var paragraph in letter.Paragraphs)
        {
            text.Append(paragraph).Append("\n\n");
        }

        foreach (var row in letter.Rows)
        {
            // The empty line is the only emphasis that plain text and screen readers have in common.
            text.Append(CultureInfo.InvariantCulture, $"{(row.IsTotal ? "\n" : "")}{row.Text}: {row.Value}\n");
        }

        if (letter.Rows.Count > 0)
        {
            text.Append('\n');
        }

        if (letter.Link is { } link)
        {
            text.Append(CultureInfo.InvariantCulture, $"{link.Text}:\n{link.Path}\n\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Shop · {letter.Shop}\n").ToString();
    }
}
