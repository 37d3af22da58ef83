using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Ports;

internal sealed partial class PortCheck
{
    [LoggerMessage(20, LogLevel.Information, "An earlier run of an AppHost that was killed still ends: waiting for port {Ports}")]
    private partial void LogWaiting(string ports);
}
