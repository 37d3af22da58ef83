namespace Catalog.Api.Stock;

public sealed partial class ForgetClosedHolds
{
    [LoggerMessage(LogLevel.Information, "Deleted {Count} closed stock holds")]
    private partial void LogDeleted(int count);

    [LoggerMessage(LogLevel.Warning, "Deleting closed stock holds failed; retrying on the next sweep")]
    private partial void LogSweepFailed(Exception exception);
}
