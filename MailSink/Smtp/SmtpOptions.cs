using System.ComponentModel.DataAnnotations;

namespace MailSink.Smtp;

/// <summary>Section <c>MailSink</c>.</summary>
public sealed class SmtpOptions
{
    public const string SectionName = "MailSink";

    /// <summary>The port of the SMTP server, on loopback only. Default: 5125; 0 for any free one.</summary>
    [Range(0, 65535)]
    public int SmtpPort { get; set; } = 5125;
}
