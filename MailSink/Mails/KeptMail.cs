using MimeKit;

namespace MailSink.Mails;

/// <summary>A mail as the server received it.</summary>
internal sealed class KeptMail(Guid id, DateTimeOffset at, string from, IReadOnlyList<string> to, byte[] content)
{
    public Guid Id => id;

    public DateTimeOffset At => at;

    /// <summary>The sender and the recipients as the client named them, which is not necessarily what the headers say.</summary>
    public string From => from;

    public IReadOnlyList<string> To => to;

    public byte[] Content => content;

    public string Subject { get; } = Parse(content).Subject ?? "";

    public MimeMessage Read() => Parse(content);

    private static MimeMessage Parse(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return MimeMessage.Load(stream);
    }
}
