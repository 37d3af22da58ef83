using System.Collections.Concurrent;
using System.Text.Json;
using Contracts.Catalog;
using Contracts.Ordering;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Catalog.Api.Tests.Setup;

/// <summary>The other side of the broker, by plain AMQP: tells what Ordering tells, and hears everything that Catalog tells.</summary>
public sealed class OtherServices : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Type, byte[] Body)> _heard = [];
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private OtherServices(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<OtherServices> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
        var others = new OtherServices(connection, channel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            others._heard.Enqueue((message.RoutingKey, message.Body.ToArray()));
            return Task.CompletedTask;
        };
        await channel.QueueDeclareAsync("heard", cancellationToken: cancellationToken);
        await Eventually.TrueAsync(() => TryBindAsync(connection), cancellationToken);
        await channel.BasicConsumeAsync("heard", autoAck: true, consumer, cancellationToken);
        return others;
    }

    public Task TellAsync(object message, CancellationToken cancellationToken) => message switch
    {
        OrderPlaced placed => TellAsync("ordering.order-placed", message, $"{placed.OrderId}", placed.Version, cancellationToken),
        OrderPaid paid => TellAsync("ordering.order-paid", message, $"{paid.OrderId}", paid.Version, cancellationToken),
        OrderShipped shipped => TellAsync("ordering.order-shipped", message, $"{shipped.OrderId}", shipped.Version, cancellationToken),
        OrderCancelled cancelled => TellAsync("ordering.order-cancelled", message, $"{cancelled.OrderId}", cancelled.Version, cancellationToken),
        RepublishProducts republish => SendAsync("commands", "catalog.republish-products", message, republish.RequestedBy, 0, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public IReadOnlyList<T> Heard<T>(string type) =>
        [.. _heard.Where(message => message.Type == type).Select(message => JsonSerializer.Deserialize<T>(message.Body, JsonSerializerOptions.Web)!)];

    public async Task<T> HearsAsync<T>(string type, Func<T, bool> expected, CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(() => Heard<T>(type).Any(expected), cancellationToken);
        return Heard<T>(type).First(expected);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private Task TellAsync(string type, object message, string key, long version, CancellationToken cancellationToken) =>
        SendAsync("events", type, message, key, version, cancellationToken);

    private async Task SendAsync(string exchange, string type, object message, string key, long version, CancellationToken cancellationToken) =>
        await _channel.BasicPublishAsync(
            exchange,
            type,
            mandatory: true,
            new BasicProperties
            {
                MessageId = $"{Guid.NewGuid()}",
                Type = type,
                CorrelationId = key,
                ContentType = "application/json",
                DeliveryMode = DeliveryModes.Persistent,
                Headers = new Dictionary<string, object?> { ["key"] = key, ["version"] = version },
            },
            JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), JsonSerializerOptions.Web),
            cancellationToken);

    // Catalog declares the topology when it finds the broker; the command's queue comes last. What is missing closes the channel.
    private static async Task<bool> TryBindAsync(IConnection connection)
    {
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync("catalog.republish-products");
            await channel.QueueDeclarePassiveAsync("catalog-api");
            await channel.QueueBindAsync("heard", "events", "catalog.#");
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }
}
