using System.Globalization;
using System.Text;
using Contracts.Mail;
using Microsoft.Extensions.Options;
using MimeKit;

namespace WebApp.Mail;

/// <summary>Makes a complete mail of the words in a command: sender, headers, and the body as text and as HTML.</summary>
internal sealed class MailLayout(IOptions<ShopOptions> shop, IOptions<MailOptions> options)
{
    private static readonly IdnMapping Domains = new();

    /// <param name="mail">The words, and whom they are for.</param>
    /// <param name="messageId">Makes the header <c>Message-ID</c>: a mail that is sent twice has the same one.</param>
    /// <param name="at">When it was written.</param>
    /// <returns>Null if the recipient's address is none.</returns>
    public MimeMessage? Compose(SendMail mail, Guid messageId, DateTimeOffset at)
    {
        if (AddressOf(mail.To) is not { } address)
        {
            return null;
        }

        var letter = new Letter(
            OneLine(mail.Subject),
            mail.Name.Trim() is { Length: > 0 } name ? $"Hello {OneLine(name)}," : "Hello,",
            [.. mail.Paragraphs],
            [.. mail.Rows],
            mail.Link is { } link ? new MailLink(link.Text, shop.Value.LinkTo(link.Path)) : null,
            shop.Value.PublicUrl.TrimEnd('/'));
        var message = new MimeMessage
        {
            Subject = letter.Subject,
            Date = at,
            MessageId = $"{messageId:n}@{shop.Value.Address.IdnHost}",
            Body = new MultipartAlternative(
                new TextPart("plain") { Text = LetterText.Write(letter) },
                new TextPart("html") { Text = LetterHtml.Write(letter) }),
        };
        message.From.Add(Sender());
        message.To.Add(new MailboxAddress(Encoding.UTF8, OneLine(mail.Name), address));

        // Holiday replies to a machine help no one (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private MailboxAddress Sender() => options.Value.From is { Length: > 0 } from
        ? MailboxAddress.Parse(from)
        : new MailboxAddress("Shop", $"no-reply@{shop.Value.Address.IdnHost}");

    /// <summary>
    /// One address and nothing else. The domain is in its ASCII form, which every server understands; letters beyond ASCII before the @
    /// need a server with SMTPUTF8.
    /// </summary>
    private static string? AddressOf(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
            || trimmed.LastIndexOf('@') is not (> 0 and var at)
            || !MailboxAddress.TryParse(trimmed, out var parsed) || parsed.Address != trimmed || parsed.Route.Count > 0)
        {
            return null;
        }

        try
        {
            return $"{trimmed[..at]}@{Domains.GetAscii(trimmed[(at + 1)..])}";
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // A line break in a subject or a name would begin another header.
    private static string OneLine(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
}
