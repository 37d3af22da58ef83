namespace WebApp.Mail;

/// <summary>What became of a mail.</summary>
/// <param name="RefusedWith">The server's reply if it refused the mail for good; null if it accepted it.</param>
/// <param name="IsRepeated">The message was delivered again, and this is what had happened before.</param>
internal sealed record MailOutcome(int? RefusedWith, bool IsRepeated = false);
