namespace WebApp.Clients;

public sealed partial class BasketClient
{
    [LoggerMessage(LogLevel.Warning, "basket-api does not answer: {Fault}")]
    private partial void LogAway(string fault);
}
