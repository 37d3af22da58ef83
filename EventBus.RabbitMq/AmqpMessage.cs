using EventBus.Messages;
using EventBus.Transport;
using RabbitMQ.Client;

namespace EventBus.RabbitMq;

/// <summary>A message with its address at the broker.</summary>
internal sealed record AmqpMessage(string Exchange, string RoutingKey, TransportMessage Message)
{
    public const string KeyHeader = "key";
    private const string OriginExchange = "x-origin-exchange";
    private const string OriginRoutingKey = "x-origin-routing-key";
    private const string OriginUser = "x-origin-user";
    private const string BrokersReason = "x-first-death-reason";

    // What RabbitMQ adds to a message that it dead-letters or redelivers: wrong for a copy.
    private static readonly string[] BrokersHeaders =
    [
        "x-death", "x-delivery-count", BrokersReason, "x-first-death-queue", "x-first-death-exchange",
        "x-last-death-reason", "x-last-death-queue", "x-last-death-exchange",
    ];

    /// <summary>A message for the subscribers of its event, or the receiver of its command.</summary>
    public static AmqpMessage Published(TransportMessage message) => new(
        Exchanges.Of(message.Kind),
        message.Type ?? throw new ArgumentException("A message to publish needs a type.", nameof(message)),
        message);

    /// <summary>A message for one queue; where it came from stays in its headers.</summary>
    public static AmqpMessage To(string queue, TransportMessage message, string exchange, string routingKey) => new(
        Exchanges.Default,
        queue,
        message.With(
        [
            .. BrokersHeaders.Select(header => KeyValuePair.Create(header, (object?)null)),
            new(OriginExchange, message.Text(OriginExchange) ?? exchange),
            new(OriginRoutingKey, message.Text(OriginRoutingKey) ?? routingKey),
            new(OriginUser, message.Sender ?? ""),
        ]));

    /// <summary>Reads a received message. Never throws: a property that cannot be used counts as absent.</summary>
    /// <param name="user">The account of this service at the broker.</param>
    public static TransportMessage Read(MessageKind kind, IReadOnlyBasicProperties properties, byte[] body, string user)
    {
        var message = new TransportMessage
        {
            Kind = kind,
            Type = properties.Type,
            MessageId = properties.MessageId,
            CorrelationId = properties.CorrelationId,
            AppId = properties.AppId,
            Timestamp = properties.IsTimestampPresent() ? ReadTimestamp(properties.Timestamp.UnixTime) : null,
            Headers = properties.Headers is { } headers ? new Dictionary<string, object?>(headers) : [],
            Body = body,
        };
        return message with { Key = message.Text(KeyHeader), Sender = SenderOf(message, properties.UserId, user) };
    }

    /// <summary>Reads a dead letter. Its reason may be the broker's own.</summary>
    public static TransportMessage ReadDeadLetter(TransportMessage message) =>
        message.Text(HeaderNames.Reason) is null && message.Text(BrokersReason) is { } reason
            ? message.With([new(HeaderNames.Reason, reason)])
            : message;

    /// <param name="appId">The application, for a message that names none.</param>
    /// <param name="user">The account of the connection. The broker refuses a message with the id of another one.</param>
    public BasicProperties ToProperties(string appId, string user)
    {
        var headers = new Dictionary<string, object?>(Message.Headers);
        if (Message.Key is { } key)
        {
            headers[KeyHeader] = key;
        }

        HeaderFrame.Trim(headers);
        var properties = new BasicProperties
        {
            MessageId = Message.MessageId,
            Type = Message.Type,
            CorrelationId = Message.CorrelationId,
            AppId = Message.AppId ?? appId,
            UserId = user,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
        };

        if (Message.Timestamp is { } timestamp)
        {
            properties.Timestamp = new AmqpTimestamp(timestamp.ToUnixTimeSeconds());
        }

        return properties;
    }

    // The broker checks the user id, so it is the sender. Copies of failed messages are published by this service; their first sender is in
    // a header, which counts only in a message of this service.
    private static string? SenderOf(TransportMessage message, string? userId, string user) =>
        userId == user && message.Text(OriginUser) is { } origin ? origin : userId;

    // AMQP counts seconds; some senders write milliseconds. Year 9999 is the last that .NET knows.
    private static DateTimeOffset? ReadTimestamp(long seconds) =>
        seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
