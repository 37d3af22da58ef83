using EventBus.Topology;
using EventBus.Transport;
using EventBus.Transport.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventBus;

/// <summary>Puts an <see cref="InMemoryBroker"/> in the place of RabbitMQ.</summary>
public static class InMemoryTransportExtensions
{
    /// <summary>The bus of these services uses the given broker instead of RabbitMQ; called after or before <c>AddEventBus</c>.</summary>
    /// <param name="services">For example those of a <c>WebApplicationFactory</c>'s <c>ConfigureTestServices</c>.</param>
    /// <param name="broker">Shared by the services that shall reach each other.</param>
    public static IServiceCollection UseInMemoryTransport(this IServiceCollection services, InMemoryBroker broker) =>
        services.Replace(ServiceDescriptor.Singleton<ITransport>(provider =>
            new InMemoryTransport(broker, provider.GetRequiredService<TopologyPlan>())));

    /// <summary>The bus uses the given broker instead of RabbitMQ.</summary>
    /// <param name="builder">The bus.</param>
    /// <param name="broker">Shared by the services that shall reach each other.</param>
    public static EventBusBuilder UseInMemoryTransport(this EventBusBuilder builder, InMemoryBroker broker)
    {
        builder.Services.UseInMemoryTransport(broker);
        return builder;
    }
}
