using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flows.Testing;

/// <summary>
/// The parts of the time from the creation of a message to the end of one attempt. A part is null if it was not measured.
/// </summary>
public sealed class Wait
{
    /// <summary>The time in the outbox.</summary>
    [JsonPropertyName("outboxMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan? Outbox { get; init; }

    /// <summary>The time in the broker, without retry delays.</summary>
    [JsonPropertyName("brokerMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan? Broker { get; init; }

    /// <summary>The time in the receiver before its handler began.</summary>
    [JsonPropertyName("prefetchMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan? Prefetch { get; init; }

    /// <summary>The time in retry queues before this attempt.</summary>
    [JsonPropertyName("retryDelayMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>The time of the handler.</summary>
    [JsonPropertyName("handlerMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan Handler { get; init; }

    /// <summary>The sum of all parts.</summary>
    [JsonPropertyName("totalMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan Total { get; init; }

    /// <summary>By how much the clocks of the machines differ at least, if a part would be negative.</summary>
    [JsonPropertyName("clockSkewMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan ClockSkew { get; init; }
}

/// <summary>Times in JSON are numbers of milliseconds.</summary>
internal sealed class Milliseconds : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeSpan.FromMilliseconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.TotalMilliseconds);
}
