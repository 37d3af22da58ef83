using EventBus.Messages;
using EventBus.Telemetry;
using EventBus.Topology;

namespace EventBus.Transport;

/// <summary>How an envelope looks on the wire. Any AMQP client can take part; docs/asyncapi.yaml says what it must send.</summary>
internal static class MessageFormat
{
    public static TransportMessage ToTransport(Envelope message, DateTimeOffset publishedAt)
    {
        var headers = new Dictionary<string, object?>
        {
            [HeaderNames.Key] = message.Key,
            [HeaderNames.Version] = message.Version,
            [HeaderNames.CreatedAt] = message.CreatedAt.ToMicroseconds(),
            [HeaderNames.PublishedAt] = publishedAt.ToMicroseconds(),
        };
        AddUnlessNull(HeaderNames.TraceParent, message.Trace.Parent);
        AddUnlessNull(HeaderNames.TraceState, message.Trace.State);
        AddUnlessNull(HeaderNames.Baggage, message.Trace.Baggage);

        return new TransportMessage
        {
            Exchange = Exchanges.Of(message.Kind),
            RoutingKey = message.Type,
            MessageId = message.MessageId.ToString(),
            Type = message.Type,
            CorrelationId = message.CorrelationId,
            Timestamp = message.CreatedAt,
            Headers = headers,
            Body = message.Body,
        };

        void AddUnlessNull(string name, string? value)
        {
            if (value is not null)
            {
                headers[name] = value;
            }
        }
    }

    /// <summary>Reads the envelope; null when the message lacks what no receiver can do without: a type and an id that is a UUID.</summary>
    public static Envelope? FromTransport(TransportMessage message, MessageKind kind, DateTimeOffset receivedAt)
    {
        if (message.Type is not { Length: > 0 } type || !Guid.TryParse(message.MessageId, out var id))
        {
            return null;
        }

        var key = message.Text(HeaderNames.Key) ?? message.CorrelationId ?? message.MessageId;
        return new Envelope
        {
            MessageId = id,
            Type = type,
            Kind = kind,
            Key = key,
            Version = message.Number(HeaderNames.Version) ?? 0,
            CorrelationId = message.CorrelationId ?? key,
            Body = message.Body,
            CreatedAt = message.Number(HeaderNames.CreatedAt) is { } created
                ? BusTelemetry.FromMicroseconds(created)
                : message.Timestamp ?? receivedAt,
            Trace = new TraceHeaders(
                message.Text(HeaderNames.TraceParent), message.Text(HeaderNames.TraceState), message.Text(HeaderNames.Baggage)),
        };
    }
}
