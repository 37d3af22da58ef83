using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EventBus.Testing;

/// <summary>Replaces the transport of a service by an <see cref="InMemoryBroker"/>.</summary>
public static class InMemoryTransportExtensions
{
    /// <summary>The event bus of these services uses the given broker, whatever transport it was set up with.</summary>
    /// <param name="services">For example those of a <c>WebApplicationFactory</c>'s <c>ConfigureTestServices</c>.</param>
    /// <param name="broker">Shared by the services that are to reach each other.</param>
    public static IServiceCollection UseInMemoryTransport(this IServiceCollection services, InMemoryBroker broker) =>
        services.Replace(ServiceDescriptor.Singleton<ITransport>(provider => new InMemoryTransport(
            broker,
            provider.GetRequiredService<TopologyPlan>(),
            provider.GetRequiredService<IHostEnvironment>().ApplicationName,
            provider.GetRequiredService<EventBusOptions>().QueueName)));

    /// <summary>The event bus uses the given broker.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="broker">Shared by the services that are to reach each other.</param>
    public static EventBusBuilder UseInMemoryTransport(this EventBusBuilder bus, InMemoryBroker broker)
    {
        bus.Services.UseInMemoryTransport(broker);
        return bus;
    }
}
