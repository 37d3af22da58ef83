namespace Catalog.Api.Stock;

public sealed partial class ExpireHolds
{
    [LoggerMessage(LogLevel.Information, "Released the stock of {Count} unpaid orders")]
    private partial void LogReleased(int count);

    [LoggerMessage(LogLevel.Warning, "Expiring stock holds failed; retrying on the next sweep")]
    private partial void LogSweepFailed(Exception exception);
}
