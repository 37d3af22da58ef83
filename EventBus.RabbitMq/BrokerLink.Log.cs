using Microsoft.Extensions.Logging;

namespace EventBus.RabbitMq;

internal sealed partial class BrokerLink
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to RabbitMQ to {Purpose}")]
    private partial void LogConnected(string purpose);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "RabbitMQ is not reachable yet to {Purpose}; retrying until it has started: {Fault}")]
    private partial void LogNotStarted(string purpose, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ cannot be reached to {Purpose}; retrying: {Fault}")]
    private partial void LogNotConnected(string purpose, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to RabbitMQ to {Purpose} was lost; reconnecting: {Fault}")]
    private partial void LogLost(string purpose, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ blocks the connection to {Purpose}: {Reason}")]
    private partial void LogBlocked(string purpose, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "RabbitMQ no longer blocks the connection to {Purpose}")]
    private partial void LogUnblocked(string purpose);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Closing an unresponsive connection to RabbitMQ to {Purpose} failed")]
    private partial void LogAbandonFailed(Exception fault, string purpose);
}
