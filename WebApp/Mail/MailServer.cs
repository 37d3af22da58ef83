using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace WebApp.Mail;

/// <summary>The SMTP server of the connection string <c>mail</c>.</summary>
internal sealed class MailServer(IOptions<MailOptions> options, MailHealth health)
{
    private readonly MailServerAddress _address = MailServerAddress.Parse(options.Value.ConnectionString)!;

    /// <exception cref="MailNotSentException">The server cannot be reached, or does not let the shop in; try again later.</exception>
    public async Task<MailConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new SmtpClient { Timeout = (int)options.Value.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(
                _address.Host,
                _address.Port,
                _address.UsesTlsFromTheStart ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable,
                cancellationToken);
            await SignInAsync(client, cancellationToken);
            return new MailConnection(client, health);
        }
        catch (Exception fault) when (MayPass(fault))
        {
            client.Dispose();
            throw health.Failed(fault);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Whether another try may succeed. The texts of these exceptions may quote addresses, so they are not passed on.</summary>
    public static bool MayPass(Exception fault) => fault is SmtpCommandException or SmtpProtocolException or ServiceNotConnectedException
        or AuthenticationException or SslHandshakeException or IOException or SocketException or TimeoutException or NotSupportedException;

    private async Task SignInAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        if (_address.UserName is not { } user)
        {
            return;
        }

        if (!client.IsSecure && !_address.IsLoopback)
        {
            throw health.Failed(
                new MailNotSentException("The mail server offers no TLS, and a password is not sent without it", status: null));
        }

        await client.AuthenticateAsync(user, _address.Password!, cancellationToken);
    }
}
