using System.Text.Encodings.Web;
using System.Text.Unicode;
using Contracts.Mail;

namespace WebApp.Mail;

/// <summary>
/// A mail as HTML: one column, styles at each element because many programs drop style sheets, and no picture, which would tell when the
/// mail was read. Programs that know dark mode get colours for it.
/// </summary>
internal static class LetterHtml
{
    private const string Font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Write(Letter letter) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{{Html.Encode(letter.Subject)}}</title>
        <style>
        :root { color-scheme: light dark; }
        @media (prefers-color-scheme: dark) {
          .page { background: #0d1411 !important; }
          .card { background: #151e1a !important; border-color: #2a3831 !important; }
          .ink { color: #e8efea !important; }
          .soft { color: #a4b5ab !important; }
          .line { border-color: #2a3831 !important; }
          .button { background: #86dfb3 !important; color: #07130d !important; }
        }
        </style>
        </head>
        <body class="page" style="margin:0;padding:0;background:#f3f6f4;">
        <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f6f4;">
        <tr><td align="center" style="padding:32px 16px;">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;{{Font}};">
        <tr><td class="ink" style="padding:0 4px 16px;font-size:20px;font-weight:700;color:#13211a;">Shop</td></tr>
        <tr><td class="card" style="padding:28px;background:#ffffff;border:1px solid #d8e0db;border-radius:14px;">
        <h1 class="ink" style="margin:0 0 20px;font-size:22px;line-height:1.3;color:#13211a;">{{Html.Encode(letter.Subject)}}</h1>
        {{Paragraph(letter.Greeting)}}
        {{string.Join('\n', letter.Paragraphs.Select(Paragraph))}}
        {{Rows(letter)}}
        {{Button(letter)}}
        </td></tr>
        <tr><td class="soft" style="padding:16px 4px 0;font-size:13px;line-height:1.5;color:#4d5d55;">
        <a class="soft" href="{{Html.Encode(letter.Shop)}}" style="color:#4d5d55;">{{Html.Encode(letter.Shop)}}</a></td></tr>
        </table>
        </td></tr>
        </table>
        </body>
        </html>

        """;

    private static string Paragraph(string text) =>
        $"<p class=\"ink\" style=\"margin:0 0 16px;font-size:16px;line-height:1.55;color:#13211a;\">{Lines(text)}</p>";

    private static string Rows(Letter letter) => letter.Rows.Count == 0
        ? ""
        : $"""
          <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:4px 0 20px;border-collapse:collapse;">
          {string.Join('\n', letter.Rows.Select(row => $"<tr>{Cell(row, row.Text, "left")}{Cell(row, row.Value, "right")}</tr>"))}
          </table>
          """;

    private static string Cell(MailRow row, string text, string align) =>
        $"<td class=\"ink line\" align=\"{align}\" valign=\"top\" style=\"padding:10px 0;border-bottom:1px solid #d8e0db;"
        + $"font-size:{(row.IsTotal ? 17 : 15)}px;line-height:1.4;color:#13211a;\">"
        + (row.IsTotal ? $"<strong>{Lines(text)}</strong>" : Lines(text)) + "</td>";

    // Beside the button the address itself, for programs that hide where a link leads.
    private static string Button(Letter letter) => letter.Link is not { } link
        ? ""
        : $"""
          <p style="margin:8px 0 16px;"><a class="button" href="{Html.Encode(link.Path)}"
          style="display:inline-block;padding:12px 22px;border-radius:99px;background:#11573e;color:#ffffff;font-size:16px;font-weight:600;
          text-decoration:none;">{Html.Encode(link.Text)}</a></p>
          <p class="soft" style="margin:0;font-size:13px;line-height:1.5;color:#4d5d55;word-break:break-all;">{Html.Encode(link.Path)}</p>
          """;

    private static string Lines(string text) => string.Join("<br>", text.ReplaceLineEndings("\n").Split('\n').Select(Html.Encode));
}
