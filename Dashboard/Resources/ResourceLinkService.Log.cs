namespace Dashboard.Resources;

public sealed partial class ResourceLinkService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The engine of {Application} is connected.")]
    private partial void LogConnected(string application);

    [LoggerMessage(Level = LogLevel.Information, Message = "The engine of {Application} has gone.")]
    private partial void LogDisconnected(string application);
}
