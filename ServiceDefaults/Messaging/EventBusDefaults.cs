using EventBus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Messaging.DeadLetters;
using ServiceDefaults.Messaging.FaultLab;

namespace ServiceDefaults.Messaging;

/// <summary>Says which service owns which messages.</summary>
public static class EventBusDefaults
{
    /// <summary>
    /// Adds the event bus over the resource <c>messaging</c> of AppHost. The service chooses its store and declares its messages. A message
    /// is accepted only from the service that owns its type; a service's account at the broker has the name of its queue.
    /// </summary>
    public static EventBusBuilder AddEventBusDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceDeadLetters>();
        builder.Services.AddSingleton<DeadLetterAudit>();
        return builder.AddEventBus().UseConfiguredBroker().AllowFaultsInDevelopment()
            .AcceptOnly("audit", "catalog-api", "ordering-api", "webapp")
            .AcceptOnly("basket", from: "basket-api")
            .AcceptOnly("catalog", from: "catalog-api")
            .AcceptOnly("identity", from: "webapp")
            .AcceptOnly("mail", "ordering-api", "webapp")
            .AcceptOnly("ordering", from: "ordering-api");
    }
}
