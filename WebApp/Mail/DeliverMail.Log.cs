namespace WebApp.Mail;

internal sealed partial class DeliverMail
{
    [LoggerMessage(LogLevel.Information, "The mail server accepted mail {MessageId} about {About}")]
    private partial void LogSent(Guid messageId, Guid about);

    [LoggerMessage(LogLevel.Information, "Mail {MessageId} about {About} was delivered again; the mail server has it already")]
    private partial void LogRepeated(Guid messageId, Guid about);

    [LoggerMessage(
        LogLevel.Warning,
        "The mail server refused mail {MessageId} about {About} for good ({Reply}, 0: no usable address); it is not sent again")]
    private partial void LogRefused(Guid messageId, Guid about, int reply);
}
