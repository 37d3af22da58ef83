using Microsoft.AspNetCore.Http.HttpResults;

namespace MailSink.Mails;

internal static class ReadMail
{
    public sealed record View(
        Guid Id,
        DateTimeOffset At,
        string From,
        IReadOnlyList<string> To,
        string Subject,
        IReadOnlyList<MailHeader> Headers,
        string? Text,
        string? Html);

    public sealed record MailHeader(string Name, string Value);

    public static Results<Ok<View>, ProblemHttpResult> Handle(Guid id, MailStore mails)
    {
        if (mails.Find(id) is not { } mail)
        {
            return MailProblems.NotFound(id);
        }

        using var message = mail.Read();
        return TypedResults.Ok(new View(
            mail.Id,
            mail.At,
            mail.From,
            mail.To,
            mail.Subject,
            [.. message.Headers.Select(header => new MailHeader(header.Field, header.Value))],
            message.TextBody,
            message.HtmlBody));
    }

    public static Results<FileContentHttpResult, ProblemHttpResult> HandleRaw(Guid id, MailStore mails) =>
        mails.Find(id) is { } mail ? TypedResults.Bytes(mail.Content, "message/rfc822", $"{id}.eml") : MailProblems.NotFound(id);
}
