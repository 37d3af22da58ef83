using System.Collections.Concurrent;
using System.Text.Json;
using Contracts.Catalog;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Basket.Api.Tests.Http;

/// <summary>
/// The other side of the broker, by plain AMQP: tells of products like Catalog, answers its command, and hears what Basket tells.
/// </summary>
public sealed class FakeCatalog : IAsyncDisposable
{
    private const string Events = "events";
    private const string RepublishProducts = "catalog.republish-products";

    private readonly ConcurrentQueue<(string Type, byte[] Body)> _heard = [];
    private readonly ConnectionFactory _factory;
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private FakeCatalog(ConnectionFactory factory, IConnection connection, IChannel channel) =>
        (_factory, _connection, _channel) = (factory, connection, channel);

    /// <summary>What is told when Basket asks for all products.</summary>
    public IReadOnlyList<ProductChanged> AllProducts { get; set; } = [];

    public static async Task<FakeCatalog> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(address) };
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        var catalog = new FakeCatalog(factory, connection, channel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            catalog._heard.Enqueue((message.RoutingKey, message.Body.ToArray()));
            return Task.CompletedTask;
        };

        // The topology is Basket's to declare: it must be there when its host has started and found the broker.
        await channel.QueueDeclareAsync("heard", cancellationToken: cancellationToken);
        await Eventually.SucceedsAsync(() => BindAsync(connection, "heard"), cancellationToken);
        await channel.BasicConsumeAsync("heard", autoAck: true, consumer, cancellationToken);
        return catalog;
    }

    /// <summary>Handles the command when it comes, as Catalog does: every product, then how many there were.</summary>
    public async Task AnswerRepublishAsync(CancellationToken cancellationToken)
    {
        var asked = default(RepublishProducts);
        await Eventually.SucceedsAsync(async () => asked = await TakeCommandAsync(cancellationToken), cancellationToken);

        foreach (var product in AllProducts)
        {
            await TellAsync("catalog.product-changed", product, $"{product.ProductId}", product.Version, cancellationToken);
        }

        await TellAsync(
            "catalog.products-republished", new ProductsRepublished(asked!.RequestedBy, AllProducts.Count), asked.RequestedBy, 0, cancellationToken);
    }

    public async Task TellAsync(string type, object message, string key, long version, CancellationToken cancellationToken) =>
        await _channel.BasicPublishAsync(
            Events,
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

    public IReadOnlyList<T> Heard<T>(string type) =>
        [.. _heard.Where(message => message.Type == type).Select(message => JsonSerializer.Deserialize<T>(message.Body, JsonSerializerOptions.Web)!)];

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    // A quorum queue that is still electing its leader ends the connection of who reads it (541), so this one is for nothing else.
    private async Task<RepublishProducts> TakeCommandAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        BasicGetResult? command = null;
        await Eventually.TrueAsync(
            async () => (command = await channel.BasicGetAsync(RepublishProducts, autoAck: true, cancellationToken)) is not null, cancellationToken);
        return JsonSerializer.Deserialize<RepublishProducts>(command!.Body.Span, JsonSerializerOptions.Web)!;
    }

    // What is missing closes the channel, so each try has one of its own. The command's queue is the last that Basket declares.
    private static async Task BindAsync(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclarePassiveAsync(RepublishProducts);
        await channel.QueueBindAsync(queue, Events, "basket.#");
    }
}
