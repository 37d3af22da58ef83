using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventBus.Messages;

/// <summary>
/// Bodies are JSON: camelCase, enums as strings. The receiver skips members it does not know and gives new optional members their default,
/// so either side may be deployed first. A missing required member is an error, never a zero that looks like data.
/// </summary>
internal static class MessageJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static byte[] Write(object message) => JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), Options);

    /// <exception cref="JsonException">Not JSON, or not this message.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body) where T : class =>
        JsonSerializer.Deserialize<T>(body.Span, Options) ?? throw new JsonException($"The body is null, not a {typeof(T).Name}.");
}
