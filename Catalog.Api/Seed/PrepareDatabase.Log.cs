namespace Catalog.Api.Seed;

public sealed partial class PrepareDatabase
{
    [LoggerMessage(LogLevel.Warning, "PostgreSQL does not answer yet, trying again in {Seconds} s: {Reason}")]
    private partial void LogWaiting(double seconds, string reason);
}
