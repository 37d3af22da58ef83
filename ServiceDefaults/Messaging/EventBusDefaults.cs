using EventBus;
using EventBus.RabbitMq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Messaging.DeadLetters;

namespace ServiceDefaults.Messaging;

/// <summary>The only place that chooses the transport of the event bus, and that says which service owns which messages.</summary>
public static class EventBusDefaults
{
    private const string ConnectionName = "messaging";

    /// <summary>
    /// Adds the event bus over the resource <c>messaging</c> of AppHost. The service chooses its store and declares its messages. A message
    /// is accepted only from the service that owns its type; a service's account at the broker has the name of its queue.
    /// </summary>
    public static EventBusBuilder AddEventBusDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceDeadLetters>();
        builder.Services.AddSingleton<DeadLetterAudit>();
        return builder.AddEventBus().UseRabbitMq(ConnectionName)
            .AcceptOnly("audit", "catalog-api", "ordering-api", "webapp")
            .AcceptOnly("basket", from: "basket-api")
            .AcceptOnly("catalog", from: "catalog-api")
            .AcceptOnly("identity", from: "webapp")
            .AcceptOnly("mail", "ordering-api", "webapp")
            .AcceptOnly("ordering", from: "ordering-api");
    }
}
