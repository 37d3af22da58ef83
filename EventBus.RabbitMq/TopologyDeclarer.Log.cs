using Microsoft.Extensions.Logging;

namespace EventBus.RabbitMq;

internal sealed partial class TopologyDeclarer
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The {What} differs from what this service declares and is used as it is: {Reason}")]
    private partial void LogWrongArguments(string what, string reason);
}
