namespace WebApp.BackOffice.Mailbox;

/// <summary>A mail in MailSink. <see cref="Headers"/> and what follows are only there when one mail is read.</summary>
public sealed record SunkMail(
    Guid Id,
    DateTimeOffset At,
    string From,
    IReadOnlyList<string> To,
    string Subject,
    IReadOnlyList<SunkMailHeader>? Headers = null,
    string? Text = null,
    string? Html = null);

public sealed record SunkMailHeader(string Name, string Value);

public sealed record SunkMails(int Count, IReadOnlyList<SunkMail> Data);
