namespace WebApp.BackOffice.Mailbox;

/// <summary>Where the mails of the shop end up in development; section <c>Mailbox</c>.</summary>
public sealed class MailboxOptions
{
    public const string SectionName = "Mailbox";

    /// <summary>The address of MailSink. Default: none, and then the back office has no mailbox.</summary>
    public Uri? Url { get; set; }
}
