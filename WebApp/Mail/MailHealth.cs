using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WebApp.Mail;

/// <summary>
/// Degraded while mails cannot be delivered: everything else works, and the mails wait. It knows this from the last attempt, and sends
/// nothing itself.
/// </summary>
internal sealed class MailHealth(TimeProvider clock) : IHealthCheck
{
    private volatile Outage? _outage;

    public void Works() => _outage = null;

    /// <returns>What to throw: the same reason without the text of the server, which may quote an address.</returns>
    public MailNotSentException Failed(Exception fault)
    {
        var refusal = fault as MailNotSentException
            ?? new MailNotSentException(ReasonOf(fault), fault is SmtpCommandException reply ? (int)reply.StatusCode : null);
        _outage ??= new Outage(clock.GetUtcNow(), refusal.Message);
        return refusal;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_outage is { } outage
            ? HealthCheckResult.Degraded($"Mails have been waiting since {outage.Since:u}. {outage.Reason}")
            : HealthCheckResult.Healthy());

    private static string ReasonOf(Exception fault) => fault switch
    {
        SmtpCommandException => "The mail server did not take the mail",
        AuthenticationException => "The mail server refused the user or the password",
        SslHandshakeException => "The certificate of the mail server is not trusted",
        _ => $"The mail server cannot be reached ({fault.GetType().Name})",
    };

    private sealed record Outage(DateTimeOffset Since, string Reason);
}
