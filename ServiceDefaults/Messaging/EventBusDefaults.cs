using EventBus;
using EventBus.RabbitMq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Messaging.DeadLetters;

namespace ServiceDefaults.Messaging;

/// <summary>The only place that chooses the transport of the event bus.</summary>
public static class EventBusDefaults
{
    private const string ConnectionName = "messaging";

    /// <summary>
    /// Adds the event bus over the resource <c>messaging</c> of AppHost. The service chooses its store and declares its messages.
    /// </summary>
    public static EventBusBuilder AddEventBusDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceDeadLetters>();
        builder.Services.AddSingleton<DeadLetterAudit>();
        return builder.AddEventBus().UseRabbitMq(ConnectionName);
    }
}
