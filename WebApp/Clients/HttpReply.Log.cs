namespace WebApp.Clients;

public sealed partial class HttpReply
{
    [LoggerMessage(LogLevel.Warning, "{Service} does not answer: {Fault}")]
    private partial void LogAway(string? service, string fault);
}
