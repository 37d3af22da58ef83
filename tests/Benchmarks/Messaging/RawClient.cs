using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Benchmarks.Messaging;

/// <summary>RabbitMQ.Client alone: the baseline for the other measurements.</summary>
internal sealed class RawClient : IRawClient
{
    private const string Queue = "raw";
    private const int Window = 500;
    private static readonly byte[] Body = new byte[512];

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private RawClient(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<RawClient> ConnectAsync(string broker, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, null), cancellationToken);
        var client = new RawClient(connection, channel);
        await client.DeclareAsync(Queue, cancellationToken);
        return client;
    }

    public string Title => "RabbitMQ.Client";

    public Task DeclareAsync(string queue, CancellationToken cancellationToken) => _channel.QueueDeclareAsync(
        queue, durable: true, exclusive: false, autoDelete: false,
        new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);

    public async Task<long> CountAsync(string queue, CancellationToken cancellationToken) =>
        await _channel.MessageCountAsync(queue, cancellationToken);

    public Task PurgeAsync(string queue, CancellationToken cancellationToken) => _channel.QueuePurgeAsync(queue, cancellationToken);

    public async Task<double> PublishAwaitedAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var rate = await Rate.OfAsync(duration, 1, () => PublishAsync().AsTask(), cancellationToken);
        await PurgeAsync(Queue, cancellationToken);
        return rate;
    }

    public async Task<double> PublishPipelinedAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var rate = await Rate.OfAsync(duration, Window, PublishWindowAsync, cancellationToken);
        await PurgeAsync(Queue, cancellationToken);
        return rate;
    }

    public async Task<double> ConsumeAsync(int count, CancellationToken cancellationToken)
    {
        for (var published = 0; published < count; published += Window)
        {
            await PublishWindowAsync();
        }

        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.BasicQosAsync(0, 200, global: false, cancellationToken);
        var rate = new Rate(count);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellationToken);
            rate.Add(1);
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, cancellationToken);
        return await rate.PerSecondAsync(cancellationToken);
    }

    /// <summary>Milliseconds from the call of publish to the consumer's callback, one message at a time.</summary>
    public async Task<IReadOnlyList<double>> HopAsync(int count, TimeSpan pause, CancellationToken cancellationToken)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var received = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            // Acknowledges before it sets the result, because the channel may be closed right after that.
            var at = Stopwatch.GetTimestamp();
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellationToken);
            received.SetResult(at);
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, cancellationToken);

        var hops = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            await Task.Delay(pause, cancellationToken);
            received = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var published = Stopwatch.GetTimestamp();
            await PublishAsync();
            hops.Add(
                Stopwatch.GetElapsedTime(
                    published, await received.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken)).TotalMilliseconds);
        }

        return hops;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task PublishWindowAsync()
    {
        var confirms = new Task[Window];
        for (var i = 0; i < Window; i++)
        {
            confirms[i] = PublishAsync().AsTask();
        }

        return Task.WhenAll(confirms);
    }

    /// <summary>With the properties and headers that a message of the bus has, so that the broker has the same to carry.</summary>
    private ValueTask PublishAsync()
    {
        var properties = new BasicProperties
        {
            MessageId = $"{Guid.CreateVersion7()}",
            Type = Queue,
            CorrelationId = "42",
            AppId = Queue,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(1_800_000_000),
            Headers = new Dictionary<string, object?>
            {
                ["key"] = "42",
                ["version"] = 1L,
                ["x-created-at"] = 1_800_000_000_000_000L,
                ["x-published-at"] = 1_800_000_000_000_000L,
            },
        };
        return _channel.BasicPublishAsync("", Queue, mandatory: true, properties, Body);
    }
}
