using System.Text.Json.Nodes;
using EventBus.Transport;

namespace AsyncApi;

/// <summary>What all messages have besides their bodies. AsyncAPI's AMQP binding has no place for AMQP's own properties: they stand in an extension.</summary>
internal static class EnvelopeTrait
{
    public static JsonObject Create() => new()
    {
        ["contentType"] = "application/json",
        ["headers"] = Headers(),
        ["x-amqp-properties"] = Properties(),
    };

    /// <param name="version">0 for a message without one.</param>
    public static JsonObject ExampleHeaders(string key, long version)
    {
        var headers = new JsonObject
        {
            [HeaderNames.Key] = key,
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
            [HeaderNames.Key] = Text("What the message is about. Messages with the same key are handled one after the other, in order. Default: the correlation-id."),
            [HeaderNames.Version] = Number("Version of what the message is about; an event older than one handled before is passed over. Default: 0, which has no order."),
            [HeaderNames.TraceParent] = Text("W3C trace context of the sender; handling continues its trace.", "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"),
            [HeaderNames.TraceState] = Text("W3C trace state."),
            [HeaderNames.Baggage] = Text("W3C baggage."),
            [HeaderNames.CreatedAt] = Number("When the message was created, in microseconds since 1970. Default: the timestamp."),
            [HeaderNames.PublishedAt] = Number("When it was given to the broker, in microseconds since 1970."),
            [HeaderNames.Attempt] = Number("The number of this attempt; set by the receiver's retries, absent at first."),
        },
    };

    private static JsonObject Properties() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("message-id", "type"),
        ["properties"] = new JsonObject
        {
            ["message-id"] = new JsonObject { ["type"] = "string", ["format"] = "uuid", ["description"] = "Unique; two messages with the same id have one effect." },
            ["type"] = Text("The message's name, as in messageType of its AMQP binding."),
            ["correlation-id"] = Text("Names the flow that the message is part of; what its handling causes takes it over. Default: the key."),
            ["content-type"] = new JsonObject { ["const"] = "application/json" },
            ["delivery-mode"] = new JsonObject { ["const"] = 2, ["description"] = "Persistent." },
            ["timestamp"] = Number("When the message was created, in seconds since 1970."),
            ["app-id"] = Text("Who sent it."),
        },
    };

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
