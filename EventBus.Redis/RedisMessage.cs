using System.Text.Json;
using EventBus.Messages;
using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>An envelope as one Redis value: its attributes as JSON, a line feed, the body untouched.</summary>
internal static class RedisMessage
{
    private const byte Separator = (byte)'\n';

    public static RedisValue Write(Envelope message)
    {
        var attributes = JsonSerializer.SerializeToUtf8Bytes(message with { Body = default });
        var value = new byte[attributes.Length + 1 + message.Body.Length];
        attributes.CopyTo(value, 0);
        value[attributes.Length] = Separator;
        message.Body.CopyTo(value.AsMemory(attributes.Length + 1));
        return value;
    }

    public static Envelope Read(RedisValue value)
    {
        var bytes = (ReadOnlyMemory<byte>)value;
        var end = bytes.Span.IndexOf(Separator);
        return JsonSerializer.Deserialize<Envelope>(bytes.Span[..end])! with { Body = bytes[(end + 1)..] };
    }
}
