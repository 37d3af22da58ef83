using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Ordering.Api.Tests;

/// <summary>A message as it went over the wire.</summary>
public sealed record WireMessage(string Type, string MessageId, string CorrelationId, JsonNode Body);

/// <summary>Everyone but Ordering: an AMQP client that tells what Basket, Catalog and WebApp would, and hears what goes by.</summary>
public sealed class World(string database, string messaging) : IAsyncDisposable
{
    private readonly ConcurrentQueue<WireMessage> _heard = new();
    private IConnection? _connection;
    private IChannel? _channel;

    public IEnumerable<WireMessage> Heard => _heard;

    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        _connection = await new ConnectionFactory { Uri = new Uri(messaging) }.CreateConnectionAsync(cancellationToken);
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
        var queue = await _channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        await _channel.QueueBindAsync(queue.QueueName, "events", "#", cancellationToken: cancellationToken);
        await _channel.QueueBindAsync(queue.QueueName, "commands", "ordering.take-payment", cancellationToken: cancellationToken);

        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _heard.Enqueue(new WireMessage(
                delivery.BasicProperties.Type!,
                delivery.BasicProperties.MessageId!,
                delivery.BasicProperties.CorrelationId!,
                JsonNode.Parse(delivery.Body.Span)!));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellationToken);
    }

    /// <summary>Publishes an event. Returns the id of the message, which may be given to tell the same twice.</summary>
    public Task<Guid> TellAsync(string type, Guid key, object message, CancellationToken cancellationToken, Guid? messageId = null) =>
        SendAsync("events", type, key, message, messageId ?? Guid.CreateVersion7(), cancellationToken);

    public Task<Guid> CommandAsync(string type, Guid key, object message, CancellationToken cancellationToken) =>
        SendAsync("commands", type, key, message, Guid.CreateVersion7(), cancellationToken);

    /// <summary>Waits until a message of this type about this order was heard.</summary>
    public async Task<WireMessage> HearsAsync(string type, Guid orderId) =>
        (await Eventually.AsksAsync(() => Task.FromResult(Find(type, orderId).FirstOrDefault()), found => found is not null))!;

    /// <summary>Waits until the outbox holds nothing about this order any more: what was told of it is at the broker.</summary>
    public async Task ToldAllAsync(Guid orderId) => await Eventually.AsksAsync(
        () => ReadAsync<long>($"select count(*) from messaging.outbox where key = '{orderId}'"), count => count == 0);

    public IEnumerable<WireMessage> Find(string type, Guid orderId) =>
        _heard.Where(message => message.Type == type && (Guid?)message.Body["orderId"] == orderId);

    /// <summary>Waits until Ordering has handled the message: its id stands in the inbox, committed with what the handler did.</summary>
    public async Task HandledAsync(Guid messageId) =>
        await Eventually.AsksAsync(
            () => ReadAsync<long>($"select count(*) from messaging.inbox where message_id = '{messageId}'"), count => count > 0);

    /// <summary>Reads one value from Ordering's database.</summary>
    public async Task<T?> ReadAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private async Task<Guid> SendAsync(
        string exchange, string type, Guid key, object message, Guid messageId, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            MessageId = $"{messageId}",
            Type = type,
            CorrelationId = $"{key}",
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?> { ["key"] = $"{key}" },
        };
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message, message.GetType(), JsonSerializerOptions.Web));
        await _channel!.BasicPublishAsync(exchange, type, mandatory: true, properties, body, cancellationToken);
        return messageId;
    }
}
