using Microsoft.Extensions.Logging;

namespace EventBus.RabbitMq;

internal sealed partial class TopologyDeclarer
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}")]
    private partial void LogProblem(string problem);
}
