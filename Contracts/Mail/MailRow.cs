namespace Contracts.Mail;

/// <summary>One row of the table in a mail, for example "2 × Teapot" and "€84.00".</summary>
public sealed record MailRow(string Text, string Value);
