using Contracts.Mail;
using EventBus;
using MimeKit;

namespace WebApp.Mail;

/// <summary>
/// Sends a mail, once for each message. The server is called before the transaction of the inbox; what it answered is committed before
/// anything else happens, and looked up before the mail would be sent again. Only a crash between the server's answer and that commit
/// repeats a mail, with the same <c>Message-ID</c>.
/// </summary>
internal sealed partial class DeliverMail(SentMails sent, MailLayout layout, MailServer server, ILogger<DeliverMail> logger)
    : ICallingMessageHandler<SendMail, MailOutcome>
{
    private const int NoUsableAddress = 0;

    public async Task<MailOutcome> CallAsync(SendMail mail, MessageContext context, CancellationToken cancellationToken)
    {
        if (await sent.FindAsync(context.MessageId, cancellationToken) is { } earlier)
        {
            return new MailOutcome(earlier.RefusedWith, IsRepeated: true);
        }

        return layout.Compose(mail, context.MessageId, context.CreatedAt) is { } message
            ? await SendAsync(message, mail.About, context.MessageId, cancellationToken)
            : await RecordAsync(mail.About, context.MessageId, NoUsableAddress);
    }

    public Task HandleAsync(SendMail mail, MailOutcome outcome, MessageContext context, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case { IsRepeated: true }:
                LogRepeated(context.MessageId, mail.About);
                break;
            case { RefusedWith: { } reply }:
                LogRefused(context.MessageId, mail.About, reply);
                break;
            default:
                LogSent(context.MessageId, mail.About);
                break;
        }

        return Task.CompletedTask;
    }

    private async Task<MailOutcome> SendAsync(MimeMessage message, Guid about, Guid messageId, CancellationToken cancellationToken)
    {
        using (message)
        {
            await using var connection = await server.ConnectAsync(cancellationToken);
            return await RecordAsync(about, messageId, await connection.SendAsync(message, cancellationToken));
        }
    }

    // Not cancelled: the server has the mail.
    private async Task<MailOutcome> RecordAsync(Guid about, Guid messageId, int? refusedWith)
    {
        await sent.RecordAsync(messageId, about, refusedWith, CancellationToken.None);
        return new MailOutcome(refusedWith);
    }
}
