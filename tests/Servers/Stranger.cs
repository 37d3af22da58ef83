using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Servers;

/// <summary>A message as it was sent over AMQP.</summary>
public sealed record WireMessage(string Type, string MessageId, string Key, string CorrelationId, JsonNode Body);

/// <summary>Another client of the broker, with plain AMQP: publishes what other services would publish, and receives messages.</summary>
public sealed class Stranger : IAsyncDisposable
{
    private readonly ConcurrentQueue<WireMessage> _heard = [];
    private readonly IChannel _channel;

    private Stranger(IConnection connection, IChannel channel) => (Connection, _channel) = (connection, channel);

    public IConnection Connection { get; }

    public IReadOnlyCollection<WireMessage> Heard => _heard;

    public static async Task<Stranger> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(cancellationToken);
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        return new Stranger(connection, await connection.CreateChannelAsync(confirmed, cancellationToken));
    }

    /// <summary>Receives the messages of the given bindings from now on. First waits until the service consumes from its queues.</summary>
    public async Task ListenAsync(string[] queues, (string Exchange, string RoutingKey)[] bindings, CancellationToken cancellationToken)
    {
        var ears = (await _channel.QueueDeclareAsync(cancellationToken: cancellationToken)).QueueName;
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var properties = delivery.BasicProperties;
            _heard.Enqueue(new WireMessage(
                properties.Type!,
                properties.MessageId!,
                Encoding.UTF8.GetString((byte[])properties.Headers!["key"]!),
                properties.CorrelationId!,
                JsonNode.Parse(delivery.Body.Span)!));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(ears, autoAck: true, consumer, cancellationToken);

        await Eventually.SucceedsAsync(
            async () =>
            {
                // A missing queue or exchange closes the channel, so each attempt opens a new one.
                await using var channel = await Connection.CreateChannelAsync(cancellationToken: cancellationToken);
                foreach (var queue in queues)
                {
                    // A service declares its queues before it binds them, and consumes only then.
                    if ((await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).ConsumerCount == 0)
                    {
                        throw new InvalidOperationException($"Nothing consumes from {queue}.");
                    }
                }

                foreach (var (exchange, routingKey) in bindings)
                {
                    await channel.QueueBindAsync(ears, exchange, routingKey, cancellationToken: cancellationToken);
                }
            },
            $"the service consumes from {string.Join(", ", queues)}");
    }

    public Task PublishAsync(string type, string key, object message, long version, CancellationToken cancellationToken) =>
        SendAsync("events", type, key, message, version, Guid.CreateVersion7(), cancellationToken);

    public Task CommandAsync(string type, string key, object message, CancellationToken cancellationToken) =>
        SendAsync("commands", type, key, message, version: 0, Guid.CreateVersion7(), cancellationToken);

    public async Task SendAsync(
        string exchange, string type, string key, object message, long version, Guid messageId, CancellationToken cancellationToken,
        string? sender = null) =>
        await _channel.BasicPublishAsync(
            exchange,
            type,
            mandatory: true,
            new BasicProperties
            {
                MessageId = $"{messageId}",
                Type = type,
                UserId = sender ?? OwnerOf(type),
                CorrelationId = key,
                ContentType = "application/json",
                DeliveryMode = DeliveryModes.Persistent,
                Headers = new Dictionary<string, object?> { ["key"] = key, ["version"] = version },
            },
            JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), JsonSerializerOptions.Web),
            cancellationToken);

    private static string OwnerOf(string type) => type.Split('.')[0] switch
    {
        "audit" or "identity" or "mail" => "webapp",
        var service => $"{service}-api",
    };

    public IReadOnlyList<T> HeardAs<T>(string type) =>
        [.. _heard.Where(message => message.Type == type).Select(message => message.Body.Deserialize<T>(JsonSerializerOptions.Web)!)];

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
