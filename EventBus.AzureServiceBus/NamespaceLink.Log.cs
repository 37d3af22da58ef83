using Microsoft.Extensions.Logging;

namespace EventBus.AzureServiceBus;

internal sealed partial class NamespaceLink
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to Service Bus")]
    private partial void LogConnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service Bus cannot be used; retrying: {Fault}")]
    private partial void LogNotConnected(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to Service Bus was lost; reconnecting: {Fault}")]
    private partial void LogLost(string fault);
}
