namespace WebApp.Clients;

public sealed partial class BasketClient
{
    [LoggerMessage(LogLevel.Warning, "A request to basket-api failed: {Fault}")]
    private partial void LogUnavailable(string fault);
}
