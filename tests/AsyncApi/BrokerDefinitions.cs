using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBus.Messages;
using EventBus.RabbitMq;
using EventBus.Transport;

namespace AsyncApi;

/// <summary>
/// Builds deploy/rabbitmq-definitions.json from the declarations of the services: what they share at RabbitMQ, and the rights of each
/// service's account. An account declares and reads its own queues, publishes its own events, and binds to the events that it subscribes
/// to.
/// </summary>
internal static class BrokerDefinitions
{
    private const string VirtualHost = "/";

    public static JsonObject Create(IReadOnlyList<DeclaredService> services) => new()
    {
        ["vhosts"] = new JsonArray(new JsonObject { ["name"] = VirtualHost }),
        ["permissions"] = new JsonArray([.. services.Select(Permission)]),
        ["topic_permissions"] = new JsonArray([.. services.Select(TopicPermission)]),
        ["exchanges"] = new JsonArray(Exchange(Exchanges.Events, "topic"), Exchange(Exchanges.Commands, "direct")),
        ["queues"] = new JsonArray(
        [
            Queue(QueueDeclaration.Unrouted),
            .. from service in services from queue in service.Topology.Consumed from each in QueueDeclaration.Of(queue) select Queue(each),
        ]),
        ["bindings"] = new JsonArray(
        [
            .. from service in services
               from queue in service.Topology.Consumed
               from type in queue.Types.Order(StringComparer.Ordinal)
               select Binding(queue.Name, Exchanges.Of(queue.Kind), type),
        ]),
    };

    private static JsonObject Permission(DeclaredService service)
    {
        var queues = $"({AnyOf(service.Topology.Consumed.Select(queue => queue.Name))})(\\.dead-letter|\\.retry\\.[0-9a-z]+)?";
        var received = service.Topology.Consumed.Select(queue => Exchanges.Of(queue.Kind));
        var sent = service.Outgoing.Select(message => Exchanges.Of(message.Kind)).Append("amq.default");

        return new JsonObject
        {
            ["user"] = service.Name,
            ["vhost"] = VirtualHost,
            ["configure"] = $"^{queues}$",
            ["write"] = $"^({AnyOf(sent)}|{queues})$",
            ["read"] = $"^({AnyOf(received)}|{queues})$",
        };
    }

    private static JsonObject TopicPermission(DeclaredService service) => new()
    {
        ["user"] = service.Name,
        ["vhost"] = VirtualHost,
        ["exchange"] = Exchanges.Events,
        ["write"] = $"^({AnyOf(service.Outgoing.Where(IsEvent).Select(message => message.WireName))})$",
        ["read"] = $"^({AnyOf(Events(service.Topology).SelectMany(queue => queue.Types))})$",
    };

    private static IEnumerable<QueuePlan> Events(TopologyPlan topology) =>
        topology.Consumed.Where(queue => queue.Kind == MessageKind.Event);

    private static bool IsEvent(OutgoingMessage message) => message.Kind == MessageKind.Event;

    private static string AnyOf(IEnumerable<string> names) =>
        string.Join('|', names.Distinct().Order(StringComparer.Ordinal).Select(name => Regex.Escape(name)));

    private static JsonObject Exchange(string name, string type) => new()
    {
        ["name"] = name,
        ["vhost"] = VirtualHost,
        ["type"] = type,
        ["durable"] = true,
        ["auto_delete"] = false,
        ["internal"] = false,
        ["arguments"] = new JsonObject(),
    };

    private static JsonObject Queue(QueueDeclaration queue) => new()
    {
        ["name"] = queue.Name,
        ["vhost"] = VirtualHost,
        ["durable"] = true,
        ["auto_delete"] = false,
        ["arguments"] = new JsonObject(
            queue.Arguments.Select(argument => KeyValuePair.Create(argument.Key, (JsonNode?)JsonValue.Create(argument.Value)))),
    };

    private static JsonObject Binding(string queue, string exchange, string routingKey) => new()
    {
        ["source"] = exchange,
        ["vhost"] = VirtualHost,
        ["destination"] = queue,
        ["destination_type"] = "queue",
        ["routing_key"] = routingKey,
        ["arguments"] = new JsonObject(),
    };
}
