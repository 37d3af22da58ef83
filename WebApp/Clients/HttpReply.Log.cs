namespace WebApp.Clients;

public sealed partial class HttpReply
{
    [LoggerMessage(LogLevel.Warning, "A request to {Service} failed: {Fault}")]
    private partial void LogUnavailable(string? service, string fault);
}
