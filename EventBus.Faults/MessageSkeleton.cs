using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using EventBus.Messages;

namespace EventBus.Faults;

/// <summary>A body of a message type with a value of the right kind in each member, to be filled in by a person.</summary>
internal static class MessageSkeleton
{
    private static readonly JsonSerializerOptions Options =
        new(MessageJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly JsonSchemaExporterOptions Schema = new() { TreatNullObliviousAsNonNullable = true };

    public static string Of(Type message) => ValueOf(Options.GetJsonSchemaAsNode(message, Schema))!.ToJsonString(Options);

    private static JsonNode? ValueOf(JsonNode? schema)
    {
        if (schema is not JsonObject description)
        {
            return null;
        }

        if (description["enum"] is JsonArray names)
        {
            return names[0]?.DeepClone();
        }

        // A member that may be null, or a number that may be a string, has several types.
        string[] types = description["type"] switch
        {
            JsonArray several => [.. several.Select(type => (string)type!)],
            JsonValue one => [(string)one!],
            _ => [],
        };
        return types switch
        {
            _ when types.Contains("null") => null,
            _ when types.Contains("object") => Members(description["properties"]?.AsObject() ?? []),
            _ when types.Contains("array") => new JsonArray(ValueOf(description["items"])),
            _ when types.Contains("boolean") => false,
            _ when types.Contains("integer") || types.Contains("number") => 1,
            _ => (string?)description["format"] switch
            {
                "uuid" => $"{Guid.Empty}",
                "date-time" => $"{DateTimeOffset.UnixEpoch:o}",
                _ => "text",
            },
        };
    }

    private static JsonObject Members(JsonObject properties) =>
        new(properties.Select(member => KeyValuePair.Create(member.Key, ValueOf(member.Value))));
}
