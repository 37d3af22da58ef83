using Microsoft.Extensions.Logging;

namespace EventBus.Transport.RabbitMq;

internal sealed partial class TopologyDeclarer
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The {What} is not as this service declares it and is used as it is: {Reason}")]
    private partial void LogWrongArguments(string what, string reason);
}
