using System.Text;
using EventBus.Messages;

namespace EventBus.Transport;

/// <summary>
/// Converts between an envelope and a transport message. docs/asyncapi.yaml describes the result for other clients of the broker.
/// </summary>
internal static class MessageFormat
{
    /// <summary>
    /// Characters of the longest key, type or correlation id. The inbox of PostgreSQL has them in an index, whose entries are limited to
    /// some 2,700 bytes.
    /// </summary>
    public const int LongestName = 500;

    // Bytes. AMQP allows no more, and what a handler publishes has the correlation id of the message that it handles.
    private const int LongestCorrelationId = 255;

    public static TransportMessage ToTransport(Envelope message, DateTimeOffset publishedAt, bool requiresReceiver)
    {
        var headers = new Dictionary<string, object?>
        {
            [HeaderNames.Version] = message.Version,
            [HeaderNames.CreatedAt] = message.CreatedAt.ToMicroseconds(),
            [HeaderNames.PublishedAt] = publishedAt.ToMicroseconds(),
        };
        AddUnlessNull(HeaderNames.TraceParent, message.Trace.Parent);
        AddUnlessNull(HeaderNames.TraceState, message.Trace.State);
        AddUnlessNull(HeaderNames.Baggage, message.Trace.Baggage);

        return new TransportMessage
        {
            Kind = message.Kind,
            Type = message.Type,
            MessageId = message.MessageId.ToString(),
            Key = message.Key,
            CorrelationId = message.CorrelationId,
            Timestamp = message.CreatedAt,
            RequiresReceiver = requiresReceiver,
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

    /// <summary>
    /// Reads the envelope; null when the message lacks a type or an id that is a UUID, or when no store can hold its names. Any other value
    /// that cannot be used counts as absent.
    /// </summary>
    public static Envelope? FromTransport(TransportMessage message, DateTimeOffset receivedAt)
    {
        if (message.Type is not { Length: > 0 } type || !Guid.TryParse(message.MessageId, out var id))
        {
            return null;
        }

        var key = message.Key ?? message.CorrelationId ?? message.MessageId;
        var correlationId = message.CorrelationId ?? (Encoding.UTF8.GetByteCount(key) <= LongestCorrelationId ? key : message.MessageId);
        if (!CanBeStored(type) || !CanBeStored(key) || !CanBeStored(correlationId))
        {
            return null;
        }

        return new Envelope
        {
            MessageId = id,
            Type = type,
            Kind = message.Kind,
            Key = key,
            Version = Math.Max(0, message.Number(HeaderNames.Version) ?? 0),
            CorrelationId = correlationId,
            Body = message.Body,
            CreatedAt = UnixMicroseconds.ToTime(message.Number(HeaderNames.CreatedAt)) ?? message.Timestamp ?? receivedAt,
            Trace = new TraceHeaders(
                message.Text(HeaderNames.TraceParent), message.Text(HeaderNames.TraceState), message.Text(HeaderNames.Baggage)),
        };
    }

    // PostgreSQL's text takes neither NUL nor half of a surrogate pair.
    private static bool CanBeStored(string name) =>
        name.Length <= LongestName && !name.Contains('\0') && !name.EnumerateRunes().Contains(Rune.ReplacementChar);
}
