namespace WebApp.Mail;

/// <summary>The mail server does not take mails at the moment. The event bus tries again later.</summary>
/// <remarks>Without the original exception: its text may quote the recipient, and exceptions are logged.</remarks>
public sealed class MailNotSentException(string reason, int? status)
    : Exception(status is { } reply ? $"{reason} (reply {reply})." : $"{reason}.")
{
    public int? Status => status;
}
