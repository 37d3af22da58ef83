using System.Globalization;
using System.Text;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>Converts between a transport message and a message of Service Bus.</summary>
internal static class MessageProperties
{
    /// <summary>The service that a copy is for. A copy has no subject, so that no other subscription receives it.</summary>
    public const string For = "for";

    private const string Type = "type";
    private const string Key = "key";
    private const string AppId = "app-id";
    private const string DeadLetterReason = "DeadLetterReason";
    private const string DeadLetterDescription = "DeadLetterErrorDescription";
    private const int LongestMessageId = 128;

    // Service Bus takes 64 KB of properties; the rest is left for those that are not headers.
    private const int MostHeaders = 56 * 1024;

    private static readonly HashSet<string> Own = [For, Type, Key, AppId, DeadLetterReason, DeadLetterDescription];

    /// <summary>A message for the subscribers of its event, or the receiver of its command.</summary>
    /// <param name="message">The message.</param>
    /// <param name="appId">The application, for a message that names none.</param>
    public static ServiceBusMessage Published(TransportMessage message, string appId)
    {
        var published = Write(message, appId);
        published.Subject = message.Type;
        return published;
    }

    /// <summary>A copy for one queue of a service.</summary>
    /// <param name="message">The message.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="due">When it is delivered; null: at once.</param>
    public static ServiceBusMessage Copy(TransportMessage message, QueuePlan queue, DateTimeOffset? due)
    {
        var copy = Write(message, appId: null);
        if (queue.Kind == MessageKind.Event)
        {
            copy.ApplicationProperties[For] = queue.Name;
        }

        if (due is { } at)
        {
            copy.ScheduledEnqueueTime = at;
        }

        return copy;
    }

    /// <summary>Reads a received message. A property that cannot be used counts as absent.</summary>
    public static TransportMessage Read(MessageKind kind, ServiceBusReceivedMessage received)
    {
        var message = new TransportMessage
        {
            Kind = kind,
            MessageId = received.MessageId,
            CorrelationId = received.CorrelationId,
            Timestamp = received.GetRawAmqpMessage().Properties.CreationTime,
            Headers = received.ApplicationProperties.ToDictionary(property => property.Key, property => (object?)property.Value),
            Body = BodyOf(received.GetRawAmqpMessage().Body),
        };
        return message with
        {
            Type = message.Text(Type) ?? received.Subject,
            Key = message.Text(Key) ?? received.SessionId,
            AppId = message.Text(AppId),
            Headers = message.Headers.Where(header => !Own.Contains(header.Key)).ToDictionary(),
        };
    }

    /// <summary>Reads a dead letter. Its reason may be the broker's own.</summary>
    public static TransportMessage ReadDeadLetter(MessageKind kind, ServiceBusReceivedMessage received)
    {
        var message = Read(kind, received);
        return message.Text(HeaderNames.Reason) is null && received.DeadLetterReason is { Length: > 0 } reason
            ? message.With([new(HeaderNames.Reason, reason)])
            : message;
    }

    /// <summary>The headers by which a copy differs from the message, as Service Bus takes them when it dead-letters a message.</summary>
    public static Dictionary<string, object> Changes(TransportMessage original, TransportMessage copy) => Trim(copy.Headers)
        .Where(header => !original.Headers.TryGetValue(header.Key, out var value) || !Equals(value, header.Value))
        .ToDictionary();

    /// <summary>
    /// The bytes of the body. A foreign sender may send a value instead: a text counts as its UTF-8, and what is neither text nor bytes as
    /// empty, so that the message becomes a dead letter.
    /// </summary>
    private static ReadOnlyMemory<byte> BodyOf(AmqpMessageBody body)
    {
        if (body.TryGetData(out var sections) && sections is not null)
        {
            return sections.ToArray() is [var only] ? only : sections.SelectMany(section => section.ToArray()).ToArray();
        }

        return (body.TryGetValue(out var value) ? value : null) switch
        {
            string text => Encoding.UTF8.GetBytes(text),
            byte[] bytes => bytes,
            ArraySegment<byte> bytes => bytes,
            _ => ReadOnlyMemory<byte>.Empty,
        };
    }

    private static ServiceBusMessage Write(TransportMessage message, string? appId)
    {
        var written = new ServiceBusMessage(BinaryData.FromBytes(message.Body))
        {
            ContentType = "application/json",
            CorrelationId = message.CorrelationId,
            SessionId = SessionKey.Of(message),
        };
        if (message.MessageId is { Length: > 0 and <= LongestMessageId } id)
        {
            written.MessageId = id;
        }

        written.GetRawAmqpMessage().Properties.CreationTime = message.Timestamp;
        foreach (var (name, value) in Trim(message.Headers))
        {
            written.ApplicationProperties[name] = value;
        }

        SetUnlessNull(Type, message.Type);
        SetUnlessNull(Key, message.Key);
        SetUnlessNull(AppId, message.AppId ?? appId);
        return written;

        void SetUnlessNull(string name, string? value)
        {
            if (value is not null)
            {
                written.ApplicationProperties[name] = value;
            }
        }
    }

    /// <summary>The headers, without the largest ones where all of them would not fit.</summary>
    private static Dictionary<string, object> Trim(IReadOnlyDictionary<string, object?> headers)
    {
        var kept = headers.Where(header => header.Value is not null)
            .ToDictionary(header => header.Key, header => ToProperty(header.Value!));
        while (kept.Sum(header => header.Key.Length + SizeOf(header.Value)) > MostHeaders)
        {
            kept.Remove(kept.MaxBy(header => SizeOf(header.Value)).Key);
        }

        return kept;
    }

    private static object ToProperty(object value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or char
            or Guid or DateTime or DateTimeOffset or TimeSpan or Uri => value,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static int SizeOf(object value) => value is string text ? Encoding.UTF8.GetByteCount(text) : sizeof(decimal);
}
