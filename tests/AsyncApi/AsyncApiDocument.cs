using System.Text.Json.Nodes;
using EventBus.AzureServiceBus;
using EventBus.Messages;
using EventBus.RabbitMq;
using EventBus.Transport;

namespace AsyncApi;

/// <summary>
/// Builds docs/asyncapi.yaml from the declarations of the services: all messages with their channels, senders and receivers.
/// </summary>
internal static class AsyncApiDocument
{
    private const string BindingVersion = "0.3.0";

    // AsyncAPI has no binding for Service Bus.
    private const string ServiceBusEntity = "x-servicebus";

    private const string Description = """
        The events and commands of the shop, for any client of its broker: RabbitMQ (AMQP 0-9-1) or, where the shop is deployed with it,
        Azure Service Bus (AMQP 1.0). "send" and "receive" are seen from the shop's services.

        RabbitMQ. To receive an event: declare your own queue and bind it to the exchange of the event's channel, with the channel's
        address as routing key. To publish an event or send a command: publish a persistent message to the exchange of its channel, with
        the channel's address as routing key, the properties under x-amqp-properties and the headers. Connect with one of the accounts
        that may send the message (x-senders) and set user-id to it. The broker checks it, and a message of another sender becomes a
        dead letter. Do not declare the queues of the services; they do it themselves.

        Azure Service Bus. The entities of a channel are under x-servicebus: a topic, a subscription of it, or a queue. All have
        sessions. To receive an event, let an administrator create a subscription with sessions and a rule for the event's subject. To
        publish an event or send a command, send a message with the properties under x-servicebus-properties to the topic or queue of
        its channel; the headers are application properties.

        Delivery is at least once: a redelivered message has the same message-id. Messages with the same key arrive in order.
        """;

    public static JsonObject Create(IReadOnlyList<DeclaredService> services)
    {
        var messages = services.SelectMany(service => service.Outgoing).DistinctBy(message => message.WireName)
            .OrderBy(message => message.WireName, StringComparer.Ordinal).ToArray();
        RequireSenders(services, messages);

        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Shop", ["version"] = "1.0.0", ["description"] = Description.ReplaceLineEndings("\n") },
            ["defaultContentType"] = "application/json",
            ["servers"] = Servers(),
            ["channels"] = new JsonObject([.. messages.Select(ExchangeChannel), .. services.SelectMany(QueueChannels)]),
            ["operations"] = new JsonObject([.. services.SelectMany(Sends), .. services.SelectMany(Receives)]),
            ["components"] = new JsonObject
            {
                ["messages"] = new JsonObject(
                    messages.Select(message => Message(message, services[0].Topology.SendersOf(message.WireName)!))),
                ["schemas"] = new JsonObject(
                    messages.Select(message => KeyValuePair.Create(message.WireName, (JsonNode?)MessageSchema.Of(message.MessageType)))),
                ["messageTraits"] = new JsonObject { ["envelope"] = EnvelopeTrait.Create() },
                ["channelBindings"] = new JsonObject([ExchangeBinding(MessageKind.Event), ExchangeBinding(MessageKind.Command)]),
                ["operationBindings"] = new JsonObject
                {
                    ["send"] = Amqp(new JsonObject { ["deliveryMode"] = 2, ["mandatory"] = true }),
                    ["receive"] = Amqp(new JsonObject { ["ack"] = true }),
                },
                ["securitySchemes"] = new JsonObject { ["account"] = new JsonObject { ["type"] = "userPassword" } },
            },
        };
    }

    private static void RequireSenders(IReadOnlyList<DeclaredService> services, OutgoingMessage[] messages)
    {
        var orphans = services.SelectMany(service => service.Topology.Consumed).SelectMany(queue => queue.Types)
            .Except(messages.Select(message => message.WireName)).ToArray();
        if (orphans.Length > 0)
        {
            throw new InvalidOperationException($"Handled by a service, but sent by none: {string.Join(", ", orphans)}.");
        }
    }

    private static JsonObject Servers() => new()
    {
        ["messaging"] = new JsonObject
        {
            ["host"] = "{host}:{port}",
            ["protocol"] = "amqp",
            ["protocolVersion"] = "0.9.1",
            ["description"] = "RabbitMQ. In development the dashboard shows address and password of the resource 'messaging'.",
            ["variables"] = new JsonObject
            {
                ["host"] = new JsonObject { ["default"] = "localhost" },
                ["port"] = new JsonObject { ["default"] = "5672" },
            },
            ["security"] = new JsonArray(Reference("components/securitySchemes/account")),
        },
        ["servicebus"] = new JsonObject
        {
            ["host"] = "{namespace}.servicebus.windows.net",
            ["protocol"] = "amqps",
            ["protocolVersion"] = "1.0",
            ["description"] = "Azure Service Bus, instead of RabbitMQ (docs/deploy.md).",
            ["variables"] = new JsonObject { ["namespace"] = new JsonObject { ["default"] = "shop" } },
        },
    };

    private static KeyValuePair<string, JsonNode?> ExchangeChannel(OutgoingMessage message) => new(ChannelOf(message), new JsonObject
    {
        ["address"] = message.WireName,
        ["messages"] = new JsonObject { [message.WireName] = Reference($"components/messages/{message.WireName}") },
        ["bindings"] = Reference($"components/channelBindings/{Exchanges.Of(message.Kind)}"),
        [ServiceBusEntity] = message.Kind == MessageKind.Event
            ? new JsonObject { ["topic"] = Entities.Topic }
            : new JsonObject { ["queue"] = message.WireName },
    });

    private static KeyValuePair<string, JsonNode?> ExchangeBinding(MessageKind kind) => new(Exchanges.Of(kind), Amqp(new JsonObject
    {
        ["is"] = "routingKey",
        ["exchange"] = new JsonObject
        {
            ["name"] = Exchanges.Of(kind),
            ["type"] = kind == MessageKind.Command ? "direct" : "topic",
            ["durable"] = true,
            ["autoDelete"] = false,
            ["vhost"] = "/",
        },
    }));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> QueueChannels(DeclaredService service) =>
        service.Topology.Consumed.Select(queue => KeyValuePair.Create<string, JsonNode?>($"queue.{queue.Name}", new JsonObject
        {
            ["address"] = queue.Name,
            ["description"] = DescriptionOf(service, queue),
            [ServiceBusEntity] = queue.Kind == MessageKind.Event
                ? new JsonObject { ["topic"] = Entities.Topic, ["subscription"] = queue.Name }
                : new JsonObject { ["queue"] = queue.Name },
            ["messages"] = new JsonObject(queue.Types.Order(StringComparer.Ordinal)
                .Select(name => KeyValuePair.Create(name, (JsonNode?)Reference($"components/messages/{name}")))),
            ["bindings"] = Amqp(new JsonObject
            {
                ["is"] = "queue",
                ["queue"] = new JsonObject
                {
                    ["name"] = queue.Name,
                    ["durable"] = true,
                    ["exclusive"] = false,
                    ["autoDelete"] = false,
                    ["vhost"] = "/",
                },
            }),
        }));

    private static string DescriptionOf(DeclaredService service, QueuePlan queue) =>
        $"Quorum queue of {service.Name}, bound to exchange '{Exchanges.Of(queue.Kind)}'. A failed message waits in "
        + $"{string.Join(", ", queue.RetryDelays.Select(delay => RabbitQueues.Retry(queue, delay)))} and is delivered again; "
        + $"after the last failure it is in {RabbitQueues.DeadLetters(queue)}, with the reason in its headers.";

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Sends(DeclaredService service) =>
        from message in service.Outgoing
        orderby message.WireName
        select KeyValuePair.Create<string, JsonNode?>($"{service.Name}.sends.{message.WireName}", new JsonObject
        {
            ["action"] = "send",
            ["channel"] = Reference($"channels/{ChannelOf(message)}"),
            ["bindings"] = Reference("components/operationBindings/send"),
        });

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Receives(DeclaredService service) =>
        from queue in service.Topology.Consumed
        select KeyValuePair.Create<string, JsonNode?>($"{service.Name}.receives.{queue.Name}", new JsonObject
        {
            ["action"] = "receive",
            ["channel"] = Reference($"channels/queue.{queue.Name}"),
            ["bindings"] = Reference("components/operationBindings/receive"),
        });

    private static KeyValuePair<string, JsonNode?> Message(OutgoingMessage message, IReadOnlyList<string> senders)
    {
        var example = MessageExamples.Of(message.MessageType);
        var described = new JsonObject { ["name"] = message.WireName, ["title"] = message.MessageType.Name };
        if (MessageSchema.SummaryOf(message.MessageType) is { } summary)
        {
            described["summary"] = summary;
        }

        described["x-senders"] = new JsonArray([.. senders.Select(sender => JsonValue.Create(sender))]);
        described["payload"] = Reference($"components/schemas/{message.WireName}");
        described["bindings"] = Amqp(new JsonObject { ["messageType"] = message.WireName });
        described["traits"] = new JsonArray(Reference("components/messageTraits/envelope"));
        described["examples"] = new JsonArray(new JsonObject
        {
            ["headers"] = EnvelopeTrait.ExampleHeaders(message.Key(example), message.Version(example)),
            ["payload"] = MessageSchema.Example(example),
        });
        return new KeyValuePair<string, JsonNode?>(message.WireName, described);
    }

    private static string ChannelOf(OutgoingMessage message) => $"{Exchanges.Of(message.Kind)}.{message.WireName}";

    private static JsonObject Amqp(JsonObject binding)
    {
        binding["bindingVersion"] = BindingVersion;
        return new JsonObject { ["amqp"] = binding };
    }

    private static JsonObject Reference(string path) => new() { ["$ref"] = $"#/{path}" };
}
