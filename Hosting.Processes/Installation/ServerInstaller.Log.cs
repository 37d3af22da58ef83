using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Installation;

internal sealed partial class ServerInstaller
{
    [LoggerMessage(10, LogLevel.Information, "Installing {Servers}: {Command}")]
    private static partial void LogInstalling(ILogger logger, string servers, string command);

    [LoggerMessage(11, LogLevel.Information, "{Line}")]
    private static partial void LogProgress(ILogger logger, string line);

    [LoggerMessage(12, LogLevel.Information, "Installed {Servers} in {Seconds:0} s")]
    private static partial void LogInstalled(ILogger logger, string servers, double seconds);
}
