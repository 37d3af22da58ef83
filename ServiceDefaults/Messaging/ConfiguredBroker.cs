using EventBus;
using EventBus.AzureServiceBus;
using EventBus.RabbitMq;
using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Messaging;

/// <summary>The only place that chooses the transport of the event bus.</summary>
internal static class ConfiguredBroker
{
    private const string ConnectionName = "messaging";
    private const string Setting = $"ConnectionStrings:{ConnectionName}";

    /// <summary>Chooses the transport by the connection string: the address of RabbitMQ, or a namespace of Azure Service Bus.</summary>
    /// <exception cref="InvalidOperationException">
    /// The connection string is neither. Its value may hold a secret and is not shown.
    /// </exception>
    public static EventBusBuilder UseConfiguredBroker(this EventBusBuilder bus)
    {
        var value = bus.Host.Configuration.GetConnectionString(ConnectionName);
        if (string.IsNullOrEmpty(value) || StartsWith(value, "amqp://") || StartsWith(value, "amqps://"))
        {
            return bus.UseRabbitMq(ConnectionName);
        }

        if (StartsWith(value, "Endpoint=sb://") || IsServiceBusHost(value))
        {
            return bus.UseAzureServiceBus(ConnectionName);
        }

        throw new InvalidOperationException(
            $"{Setting} names no broker. Set it to the address of RabbitMQ ('amqp://user:password@host:5672'), to a connection string of "
            + "Azure Service Bus ('Endpoint=sb://…'), or to the host name of its namespace ('shop.servicebus.windows.net'), which is used "
            + "with the managed identity of the service.");
    }

    private static bool StartsWith(string value, string prefix) => value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    // The suffix differs in Azure's national clouds: servicebus.windows.net, servicebus.chinacloudapi.cn, …
    private static bool IsServiceBusHost(string value) =>
        Uri.CheckHostName(value) == UriHostNameType.Dns && value.Contains(".servicebus.", StringComparison.OrdinalIgnoreCase);
}
