namespace WebApp.Mail;

/// <summary>How mail is sent: the connection string <c>mail</c> and the section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string SectionName = "Mail";
    public const string ConnectionName = "mail";

    /// <summary>
    /// The SMTP server: <c>smtp://user:password@host:587</c> uses TLS when the server offers it, <c>smtps://…</c> from the first byte on.
    /// User and password are optional and percent-encoded. Default ports: 587 and 465. Required.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The sender, such as <c>Shop &lt;hello@shop.example.com&gt;</c>. Default: <c>no-reply@</c> the host of the shop's address.
    /// </summary>
    public string? From { get; set; }

    /// <summary>How long connecting and each answer of the server may take. Default: 15 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
