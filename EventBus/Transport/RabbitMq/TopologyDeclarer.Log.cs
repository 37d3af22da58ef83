using Microsoft.Extensions.Logging;

namespace EventBus.Transport.RabbitMq;

internal sealed partial class TopologyDeclarer
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The {What} exists with other settings than this service declares and is used as it is: {Reason}")]
    private partial void LogWrongArguments(string what, string reason);
}
