using EventBus.Consuming;
using EventBus.Inbox;
using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventBus.Faults;

/// <summary>Adds faults to the event bus of a service, for development.</summary>
public static class FaultsEventBusExtensions
{
    /// <summary>
    /// Wraps the transport and the handlers, so that the singleton <see cref="BusFaults"/> can begin faults. Call it after the transport
    /// was chosen. While no fault is running, the bus works as without this.
    /// </summary>
    /// <exception cref="InvalidOperationException">No transport was chosen.</exception>
    public static EventBusBuilder AllowFaults(this EventBusBuilder bus)
    {
        var services = bus.Services;
        var transport = services.LastOrDefault(service => service.ServiceType == typeof(ITransport))
            ?? throw new InvalidOperationException("Choose the transport of the event bus before you call AllowFaults().");
        services.AddSingleton<BusFaults>();
        services.AddSingleton(provider => new DirectSender(
            provider.GetRequiredService<MessageRegistry>(), provider.GetRequiredService<MessageFactory>(),
            provider.GetRequiredService<ITransport>(), provider.GetRequiredService<TimeProvider>()));
        services.Replace(ServiceDescriptor.Singleton<ITransport>(provider => new FaultyTransport(
            Create(provider, transport), provider.GetRequiredService<BusFaults>(), provider.GetRequiredService<TimeProvider>())));

        // Not the inbox itself: the service chooses its store later.
        services.Replace(ServiceDescriptor.Singleton(provider => ActivatorUtilities.CreateInstance<MessageProcessor>(
            provider, new FailingInbox(provider.GetRequiredService<IInbox>(), provider.GetRequiredService<BusFaults>()))));
        return bus;
    }

    private static ITransport Create(IServiceProvider services, ServiceDescriptor transport) =>
        (ITransport)(transport.ImplementationInstance
            ?? transport.ImplementationFactory?.Invoke(services)
            ?? ActivatorUtilities.CreateInstance(services, transport.ImplementationType!));
}
