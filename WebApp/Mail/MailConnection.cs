using System.Text;
using MailKit.Net.Smtp;
using MimeKit;

namespace WebApp.Mail;

/// <summary>An open connection to the mail server.</summary>
internal sealed class MailConnection(SmtpClient client, MailHealth health) : IAsyncDisposable
{
    private const int Permanent = 500;
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    /// <summary>Sends a mail to its only recipient.</summary>
    /// <returns>Null if the server accepted it; its reply, 500 or more, if it refuses this recipient or this mail for good.</returns>
    /// <exception cref="MailNotSentException">It may accept the mail later.</exception>
    public async Task<int?> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        if (message.To.Mailboxes.All(recipient => Ascii.IsValid(recipient.LocalPart)))
        {
            // Otherwise MailKit writes domains in Unicode if the server allows it, and not all servers on the way may.
            client.Capabilities &= ~SmtpCapabilities.UTF8;
        }

        try
        {
            await client.SendAsync(message, cancellationToken);
            health.Works();
            return null;
        }
        catch (SmtpCommandException refusal) when ((int)refusal.StatusCode >= Permanent
            && refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            // A refused sender is a fault of the settings instead, and all mails would have it: it is tried again.
            health.Works();
            return (int)refusal.StatusCode;
        }
        catch (Exception fault) when (MailServer.MayPass(fault))
        {
            throw health.Failed(fault);
        }
    }

    /// <summary>Says goodbye, which no one waits for: the server has the mail already.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Goodbye);
        try
        {
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException || MailServer.MayPass(fault))
        {
            // It is disconnected in any case.
        }

        client.Dispose();
    }
}
