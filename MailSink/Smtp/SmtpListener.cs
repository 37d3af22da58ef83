using System.Net;
using Microsoft.Extensions.Options;
using SmtpServer;
using SmtpServer.Storage;

namespace MailSink.Smtp;

/// <summary>The SMTP server. It listens on loopback only: it takes mail from anybody.</summary>
internal sealed partial class SmtpListener(KeepMail store, IOptions<SmtpOptions> options, ILogger<SmtpListener> logger) : BackgroundService
{
    private const int LargestMail = 1 << 20;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)store);
        var server = new SmtpServer.SmtpServer(
            new SmtpServerOptionsBuilder().ServerName("mail-sink").MaxMessageSize(LargestMail)
                .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, options.Value.SmtpPort)))
                .Build(),
            services);
        server.SessionFaulted += (_, session) => LogFaulted(session.Exception);
        return server.StartAsync(stoppingToken);
    }
}
