using EventBus.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventBus.AzureServiceBus;

/// <summary>Chooses Azure Service Bus as the transport of the event bus.</summary>
public static class AzureServiceBusEventBusExtensions
{
    /// <summary>Uses the Service Bus namespace of this name.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="connectionName">
    /// <c>ConnectionStrings:{connectionName}</c> is a connection string (<c>Endpoint=sb://…</c>), or the host name of a namespace
    /// (<c>shop.servicebus.windows.net</c>), which is used with the identity of the process (<c>DefaultAzureCredential</c>).
    /// </param>
    /// <exception cref="InvalidOperationException">The connection string is missing or is neither of them.</exception>
    public static EventBusBuilder UseAzureServiceBus(this EventBusBuilder bus, string connectionName)
    {
        var setting = $"ConnectionStrings:{connectionName}";
        var address = NamespaceAddress.Parse(setting, bus.Host.Configuration.GetConnectionString(connectionName));

        bus.Services.AddOptions<AzureServiceBusOptions>()
            .BindConfiguration(AzureServiceBusOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        bus.Services.TryAddSingleton<ITransport>(provider => ActivatorUtilities.CreateInstance<ServiceBusTransport>(
            provider, address, provider.GetRequiredService<IOptions<AzureServiceBusOptions>>().Value));
        return bus;
    }
}
