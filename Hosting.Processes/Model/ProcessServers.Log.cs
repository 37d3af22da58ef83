using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Model;

internal sealed partial class ProcessServers
{
    [LoggerMessage(1, LogLevel.Information, "Running as processes: {Servers}")]
    private partial void LogServers(string servers);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "HOME is not set or cannot be written: using '{Home}'. Set HOME or XDG_DATA_HOME to keep the data of volumes elsewhere.")]
    private partial void LogHome(string home);

    [LoggerMessage(2, LogLevel.Error, "{Server} did not start: {Reason}")]
    private partial void LogFailed(string server, string reason);
}
