namespace Catalog.Api.Stock;

public sealed partial class ExpireHolds
{
    [LoggerMessage(LogLevel.Information, "Gave back the stock of {Count} unpaid orders")]
    private partial void LogReleased(int count);

    [LoggerMessage(LogLevel.Warning, "Looking for expired holds failed; the next sweep tries again")]
    private partial void LogSweepFailed(Exception exception);
}
