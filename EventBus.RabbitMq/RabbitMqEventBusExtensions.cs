using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EventBus.RabbitMq;

/// <summary>Chooses RabbitMQ as the transport of the event bus.</summary>
public static class RabbitMqEventBusExtensions
{
    /// <summary>Uses the RabbitMQ connection of this name.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="connectionName">
    /// The name of the RabbitMQ resource in AppHost; its URI is <c>ConnectionStrings:{connectionName}</c>.
    /// </param>
    public static EventBusBuilder UseRabbitMq(this EventBusBuilder bus, string connectionName)
    {
        // The bus has a health check and spans of its own.
        bus.Host.AddRabbitMQClient(
            connectionName,
            settings => (settings.DisableHealthChecks, settings.DisableTracing) = (true, true),
            RabbitTransport.Configure);
        bus.Services.TryAddSingleton<ITransport, RabbitTransport>();
        return bus;
    }
}
