using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Model;

internal sealed partial class ProcessServers
{
    [LoggerMessage(1, LogLevel.Information, "Running as processes: {Servers}")]
    private partial void LogServers(string servers);

    [LoggerMessage(2, LogLevel.Warning, "The home directory cannot be written, so data is kept among the temporary files: {Folder}. Set HOME or XDG_DATA_HOME to keep it for good.")]
    private partial void LogTemporaryData(string folder);

    [LoggerMessage(3, LogLevel.Error, "{Server} did not start: {Reason}")]
    private partial void LogFailed(string server, string reason);
}
