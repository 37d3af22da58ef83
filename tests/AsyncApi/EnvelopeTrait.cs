using System.Text.Json.Nodes;
using EventBus.RabbitMq;
using EventBus.Transport;

namespace AsyncApi;

/// <summary>
/// The properties and headers of all messages. AsyncAPI's AMQP binding has no place for AMQP's own properties; they are in
/// extensions.
/// </summary>
internal static class EnvelopeTrait
{
    public static JsonObject Create() => new()
    {
        ["contentType"] = "application/json",
        ["headers"] = Headers(),
        ["x-amqp-properties"] = Properties(),
        ["x-servicebus-properties"] = ServiceBusProperties(),
    };

    /// <param name="version">The version, or 0 for a message without one.</param>
    public static JsonObject ExampleHeaders(string key, long version)
    {
        var headers = new JsonObject
        {
            [AmqpMessage.KeyHeader] = key,
            [HeaderNames.TraceParent] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        };
        if (version > 0)
        {
            headers[HeaderNames.Version] = version;
        }

        return headers;
    }

    private static JsonObject Headers() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            [AmqpMessage.KeyHeader] = Text(
                "The subject of the message. Messages with the same key are handled one at a time and in order. "
                + "Default: the correlation-id."),
            [HeaderNames.Version] = Number(
                "Version of the subject of the message. An event older than one handled before is skipped. Default: 0, without a version."),
            [HeaderNames.TraceParent] = Text(
                "W3C trace context of the sender; handling continues its trace.", "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"),
            [HeaderNames.TraceState] = Text("W3C trace state."),
            [HeaderNames.Baggage] = Text("W3C baggage."),
            [HeaderNames.CreatedAt] = Number("When the message was created, in microseconds since 1970. Default: the timestamp."),
            [HeaderNames.PublishedAt] = Number("When it was published to the broker, in microseconds since 1970."),
            [HeaderNames.Attempt] = Number("The number of this attempt, set by the receiver's retries. Absent on the first delivery."),
        },
    };

    private static JsonObject Properties() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("message-id", "type", "user-id"),
        ["properties"] = new JsonObject
        {
            ["message-id"] = MessageId(),
            ["type"] = Text("The name of the message: messageType of its AMQP binding."),
            ["correlation-id"] = CorrelationId(),
            ["content-type"] = ContentType(),
            ["delivery-mode"] = new JsonObject { ["const"] = 2, ["description"] = "Persistent." },
            ["timestamp"] = Number("When the message was created, in seconds since 1970."),
            ["user-id"] = Text("The account of the sender at the broker, which checks it: one of x-senders of the message."),
            ["app-id"] = Text("The application that sent it."),
        },
    };

    private static JsonObject ServiceBusProperties() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("messageId", "subject", "sessionId"),
        ["properties"] = new JsonObject
        {
            ["messageId"] = MessageId(),
            ["subject"] = Text("The name of the message: the address of its channel."),
            ["sessionId"] = Text("The key, or any text that all messages with this key have: messages of one session arrive in order."),
            ["correlationId"] = CorrelationId(),
            ["contentType"] = ContentType(),
        },
    };

    private static JsonObject MessageId() => new()
    {
        ["type"] = "string",
        ["format"] = "uuid",
        ["description"] = "Unique; two messages with the same id have one effect.",
    };

    private static JsonObject CorrelationId() =>
        Text("The flow that the message belongs to; messages caused by it take it over. Default: the key.");

    private static JsonObject ContentType() => new() { ["const"] = "application/json" };

    private static JsonObject Text(string description, string? pattern = null)
    {
        var text = new JsonObject { ["type"] = "string", ["description"] = description };
        if (pattern is not null)
        {
            text["pattern"] = pattern;
        }

        return text;
    }

    private static JsonObject Number(string description) => new() { ["type"] = "integer", ["description"] = description };
}
