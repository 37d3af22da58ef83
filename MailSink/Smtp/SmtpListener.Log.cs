namespace MailSink.Smtp;

internal sealed partial class SmtpListener
{
    [LoggerMessage(LogLevel.Warning, "An SMTP session ended with a fault")]
    private partial void LogFaulted(Exception fault);
}
