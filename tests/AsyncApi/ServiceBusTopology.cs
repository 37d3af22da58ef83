using System.Text.Json.Nodes;
using EventBus.AzureServiceBus;
using EventBus.Messages;
using EventBus.Transport;

namespace AsyncApi;

/// <summary>
/// Builds deploy/azure/servicebus-topology.json from the declarations of the services: what servicebus.bicep creates in a namespace, and
/// the rights of each service. A service receives from its own subscription and queues, sends to the topic, to the queues of the commands
/// that it sends, and to its own queues, because a retry is a copy.
/// </summary>
internal static class ServiceBusTopology
{
    public static JsonObject Create(IReadOnlyList<DeclaredService> services) => new()
    {
        ["topic"] = Entities.Topic,
        ["subscriptions"] = new JsonArray([.. services.SelectMany(Subscriptions).Select(queue => JsonValue.Create(queue.Name))]),
        ["rules"] = new JsonArray(
        [
            .. from service in services from queue in Subscriptions(service) from rule in Entities.RulesOf(queue) select Rule(queue, rule),
        ]),
        ["queues"] = new JsonArray([.. services.SelectMany(Queues).Select(queue => JsonValue.Create(queue.Name))]),
        ["queueReceivers"] = new JsonArray(
            [.. from service in services from queue in Queues(service) select Right(queue.Name, service)]),
        ["queueSenders"] = new JsonArray(
        [
            .. from service in services
               from queue in service.Topology.Sent.UnionBy(Queues(service), queue => queue.Name)
               orderby queue.Name
               select Right(queue.Name, service),
        ]),
        ["topicSenders"] = new JsonArray([.. services.Select(service => JsonValue.Create(service.Name))]),
    };

    private static IEnumerable<QueuePlan> Subscriptions(DeclaredService service) =>
        service.Topology.Consumed.Where(queue => queue.Kind == MessageKind.Event);

    private static IEnumerable<QueuePlan> Queues(DeclaredService service) =>
        service.Topology.Consumed.Where(queue => queue.Kind == MessageKind.Command);

    private static JsonObject Rule(QueuePlan subscription, KeyValuePair<string, string?> rule) => new()
    {
        ["subscription"] = subscription.Name,
        ["name"] = rule.Key,
        ["filter"] = rule.Value is { } subject
            ? new JsonObject { ["label"] = subject }
            : new JsonObject { ["properties"] = new JsonObject { [MessageProperties.For] = subscription.Name } },
    };

    private static JsonObject Right(string queue, DeclaredService service) => new() { ["queue"] = queue, ["service"] = service.Name };
}
