namespace Contracts.Mail;

/// <summary>One row of the table in a mail, for example "2 × Teapot" and "€84.00".</summary>
/// <param name="IsTotal">Whether it sums up the rows above it; the mail emphasizes it.</param>
public sealed record MailRow(string Text, string Value, bool IsTotal = false);
