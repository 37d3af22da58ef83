using Microsoft.Extensions.Logging;

namespace EventBus.Transport.RabbitMq;

internal sealed partial class BrokerLink
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to RabbitMQ to {Purpose}")]
    private partial void LogConnected(string purpose);

    [LoggerMessage(Level = LogLevel.Information, Message = "RabbitMQ does not answer yet to {Purpose}; trying again until it has started: {Fault}")]
    private partial void LogNotStarted(string purpose, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ cannot be reached to {Purpose}: {Fault}")]
    private partial void LogNotConnected(string purpose, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to RabbitMQ to {Purpose} is lost: {Fault}")]
    private partial void LogLost(string purpose, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ blocks the connection to {Purpose}: {Reason}")]
    private partial void LogBlocked(string purpose, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Giving up the connection to RabbitMQ to {Purpose} failed")]
    private partial void LogAbandonFailed(Exception fault, string purpose);
}
