namespace WebApp.Push;

public sealed partial class PageUpdates
{
    [LoggerMessage(LogLevel.Debug, "Redis is down: dropped the update '{Message}' of group '{Group}'")]
    private partial void LogDropped(string message, string group);

    [LoggerMessage(LogLevel.Debug, "Sending the update '{Message}' to group '{Group}' failed")]
    private partial void LogFailed(Exception fault, string message, string group);
}
