namespace Contracts.Mail;

/// <summary>Command: send one mail. The sender owns the words; the receiver owns the layout and the shop's address.</summary>
public sealed record SendMail(
    Guid About,
    string To,
    string Name,
    string Subject,
    IReadOnlyList<string> Paragraphs,
    MailLink? Link,
    IReadOnlyList<MailRow> Rows);
