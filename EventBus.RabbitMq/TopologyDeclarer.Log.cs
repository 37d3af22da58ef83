using Microsoft.Extensions.Logging;

namespace EventBus.RabbitMq;

internal sealed partial class TopologyDeclarer
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {What} does not exist yet; looking again in a few seconds")]
    private partial void LogMissing(string what);
}
