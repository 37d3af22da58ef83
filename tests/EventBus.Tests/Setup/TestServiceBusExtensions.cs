using EventBus.Messages;
using EventBus.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceBusBroker;

namespace EventBus.Tests.Setup;

/// <summary>Connects a service to a <see cref="TestServiceBus"/>.</summary>
internal static class TestServiceBusExtensions
{
    /// <param name="bus">The bus.</param>
    /// <param name="broker">Shared by the services that are to reach each other.</param>
    /// <param name="port">The port of a proxy; null: that of the broker.</param>
    /// <param name="entities">How the entities are created.</param>
    /// <param name="isEmpty">False: the broker has what the service needs before it starts.</param>
    public static EventBusBuilder UseTestServiceBus(
        this EventBusBuilder bus, TestServiceBus broker, int? port = null, EntityOptions? entities = null, bool isEmpty = false)
    {
        bus.Host.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:messaging", TestServiceBus.ConnectionStringAt(port ?? broker.Port))]);
        bus.UseAzureServiceBus("messaging");
        if (isEmpty)
        {
            return bus;
        }

        var transport = bus.Services.Single(service => service.ServiceType == typeof(ITransport));
        bus.Services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            broker.Declare(provider.GetRequiredService<TopologyPlan>().All, entities);
            return (ITransport)transport.ImplementationFactory!(provider);
        }));
        return bus;
    }

    public static void Declare(this TestServiceBus broker, IEnumerable<QueuePlan> queues, EntityOptions? entities = null)
    {
        var options = (entities ?? new EntityOptions { MaxDeliveryCount = 1000 }) with { RequiresSession = true };
        broker.CreateTopic(Entities.Topic);
        foreach (var queue in queues)
        {
            if (queue.Kind == MessageKind.Command)
            {
                broker.CreateQueue(queue.Name, options);
            }
            else
            {
                broker.CreateSubscription(
                    Entities.Topic, queue.Name, options, Entities.RulesOf(queue).Select(rule => ToRule(queue, rule)));
            }
        }
    }

    private static CorrelationRule ToRule(QueuePlan queue, KeyValuePair<string, string?> rule) => new(rule.Key)
    {
        Subject = rule.Value,
        Properties = rule.Value is null ? new Dictionary<string, object> { [MessageProperties.For] = queue.Name } : [],
    };
}
