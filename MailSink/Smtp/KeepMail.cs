using System.Buffers;
using MailSink.Mails;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MailSink.Smtp;

/// <summary>Keeps what the SMTP server receives, and delivers nothing.</summary>
internal sealed class KeepMail(MailStore mails) : MessageStore
{
    public override Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        mails.Keep(transaction.From.AsAddress(), [.. transaction.To.Select(to => to.AsAddress())], buffer.ToArray());
        return Task.FromResult(SmtpResponse.Ok);
    }
}
