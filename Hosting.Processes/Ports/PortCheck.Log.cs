using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Ports;

internal sealed partial class PortCheck
{
    [LoggerMessage(20, LogLevel.Information, "The processes of an AppHost that was killed are still stopping: waiting for port {Ports}")]
    private partial void LogWaiting(string ports);
}
