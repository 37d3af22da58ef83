namespace WebApp.Identity;

public sealed partial class CleanUp
{
    [LoggerMessage(LogLevel.Warning, "Deleting expired rows failed; trying again in {Interval}")]
    private partial void LogFailed(Exception fault, TimeSpan interval);
}
