using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flows.Testing;

/// <summary>
/// The parts of the time to the end of one attempt, since the message was created (or due, if it was scheduled), the attempt before it
/// ended, or the message was replayed. A part is null if it was not measured, or belongs to an earlier attempt.
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

    /// <summary>The time in a retry queue between the attempt before and this one.</summary>
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

    /// <summary>The time in the dead letters before a replay led to this attempt; no part of <see cref="Total"/>.</summary>
    [JsonPropertyName("deadLettersMs"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan? DeadLetters { get; init; }
}

/// <summary>Times in JSON are numbers of milliseconds.</summary>
internal sealed class Milliseconds : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeSpan.FromMilliseconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.TotalMilliseconds);
}
