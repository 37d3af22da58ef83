using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace ServiceBusBroker.Amqp;

/// <summary>What a sender sent.</summary>
internal sealed class MessageContent
{
    /// <summary>The format of a transfer whose data sections are encoded messages.</summary>
    private const uint BatchFormat = 0x80013700;

    private const string ScheduledTime = "x-opt-scheduled-enqueue-time";

    private readonly Header? _header;
    private readonly Properties? _properties;
    private readonly Dictionary<string, object> _annotations = [];
    private readonly Func<AmqpMessage> _withBody;

    private MessageContent(AmqpMessage message)
    {
        var sections = message.Sections;
        _header = sections.HasFlag(SectionFlag.Header) ? message.Header : null;
        _properties = sections.HasFlag(SectionFlag.Properties) ? message.Properties : null;
        if (sections.HasFlag(SectionFlag.MessageAnnotations))
        {
            Copy(message.MessageAnnotations.Map, _annotations);
        }

        if (sections.HasFlag(SectionFlag.ApplicationProperties))
        {
            foreach (var (key, value) in message.ApplicationProperties.Map)
            {
                ApplicationProperties[key.ToString()!] = value;
            }
        }

        _withBody = KeepBody(message);
    }

    private MessageContent(MessageContent other)
    {
        (_header, _properties, _withBody) = (other._header, other._properties, other._withBody);
        _annotations = new(other._annotations);
        ApplicationProperties = new(other.ApplicationProperties);
    }

    public Dictionary<string, object> ApplicationProperties { get; } = [];

    public string? Subject => _properties?.Subject;

    public string? SessionId => _properties?.GroupId;

    public DateTimeOffset? ScheduledFor => _annotations.GetValueOrDefault(ScheduledTime) is DateTime utc ? utc : null;

    /// <summary>The messages of a transfer: one, or those of a batch.</summary>
    public static IReadOnlyList<MessageContent> Read(AmqpMessage message) => message.MessageFormat == BatchFormat
        ? [.. message.DataBody.Select(section => Decode(Bytes(section)))]
        : [new MessageContent(message)];

    public MessageContent Copy() => new(this);

    /// <summary>Sets the properties that a consumer sent with its outcome.</summary>
    public void Change(Fields? changes)
    {
        foreach (var (key, value) in changes ?? [])
        {
            ApplicationProperties[key.ToString()!] = value;
        }
    }

    /// <summary>Why the broker itself dead-letters it.</summary>
    public void Explain(string reason, string description)
    {
        ApplicationProperties["DeadLetterReason"] = reason;
        ApplicationProperties["DeadLetterErrorDescription"] = description;
    }

    public AmqpMessage ToAmqp(IEnumerable<KeyValuePair<string, object>> brokerAnnotations, uint deliveryCount)
    {
        var message = _withBody();
        (message.Header.Durable, message.Header.Ttl, message.Header.DeliveryCount) = (_header?.Durable, _header?.Ttl, deliveryCount);
        if (_properties is { } sent)
        {
            var to = message.Properties;
            (to.MessageId, to.UserId, to.To, to.Subject, to.ReplyTo) = (sent.MessageId, sent.UserId, sent.To, sent.Subject, sent.ReplyTo);
            (to.CorrelationId, to.ContentType, to.ContentEncoding) = (sent.CorrelationId, sent.ContentType, sent.ContentEncoding);
            (to.AbsoluteExpiryTime, to.CreationTime) = (sent.AbsoluteExpiryTime, sent.CreationTime);
            (to.GroupId, to.GroupSequence, to.ReplyToGroupId) = (sent.GroupId, sent.GroupSequence, sent.ReplyToGroupId);
        }

        foreach (var (key, value) in ApplicationProperties)
        {
            message.ApplicationProperties.Map[key] = value;
        }

        foreach (var (key, value) in _annotations.Concat(brokerAnnotations))
        {
            message.MessageAnnotations.Map[key] = value;
        }

        return message;
    }

    private static MessageContent Decode(ArraySegment<byte> encoded) =>
        new(AmqpMessage.CreateAmqpStreamMessage(new BufferListStream([encoded]), payloadInitialized: true));

    /// <summary>Copies the body, whose buffers belong to the transfer. Creates a message with it for each consumer.</summary>
    private static Func<AmqpMessage> KeepBody(AmqpMessage message)
    {
        if (message.BodyType.HasFlag(SectionFlag.AmqpValue))
        {
            var sent = message.ValueBody.Value;
            var value = sent is ArraySegment<byte> binary ? new ArraySegment<byte>(binary.ToArray()) : sent;
            return () => AmqpMessage.Create(new AmqpValue { Value = value });
        }

        if (message.BodyType.HasFlag(SectionFlag.AmqpSequence))
        {
            var lists = message.SequenceBody.Select(section => section.List).ToArray();
            return () => AmqpMessage.Create(lists.Select(list => new AmqpSequence(list)));
        }

        var data = message.DataBody.Select(section => Bytes(section).ToArray()).ToArray();
        return () => AmqpMessage.Create(data.Select(bytes => new Data { Value = new ArraySegment<byte>(bytes) }));
    }

    private static void Copy(Annotations from, Dictionary<string, object> to)
    {
        foreach (var (key, value) in from)
        {
            to[key.ToString()!] = value;
        }
    }

    private static ArraySegment<byte> Bytes(Data section) =>
        section.Value is ArraySegment<byte> segment ? segment : (byte[])section.Value;
}
