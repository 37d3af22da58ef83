using Contracts.Mail;

namespace WebApp.Mail;

/// <summary>What a mail says, before it is text or HTML.</summary>
/// <param name="Link">With the complete address.</param>
/// <param name="Shop">The address of the shop.</param>
internal sealed record Letter(
    string Subject, string Greeting, IReadOnlyList<string> Paragraphs, IReadOnlyList<MailRow> Rows, MailLink? Link, string Shop);
