using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EventBus.Transport.RabbitMq;

/// <summary>A consumer on a channel of its own, with manual acknowledgement.</summary>
internal sealed class RabbitConsumerSession : AsyncDefaultBasicConsumer, IConsumerSession
{
    private readonly Action<Delivery> _onDelivery;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ulong> _finished = System.Threading.Channels.Channel.CreateUnbounded<ulong>();
    private readonly AckWindow _window = new();
    private readonly Task _acknowledging;
    private int _disposed;

    private RabbitConsumerSession(IChannel channel, Action<Delivery> onDelivery, EventBusOptions options, TimeProvider time)
        : base(channel)
    {
        _onDelivery = onDelivery;
        _options = options;
        _time = time;
        _acknowledging = AcknowledgeAsync();
    }

    public Task Ended => _ended.Task;

    public static async Task<RabbitConsumerSession> OpenAsync(
        IConnection connection, string queue, int prefetch, Action<Delivery> onDelivery, EventBusOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var channel = await connection
            .CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: 1), cancellationToken)
            .WaitAsync(options.BrokerTimeout, time, cancellationToken);
        var session = new RabbitConsumerSession(channel, onDelivery, options, time);
        try
        {
            await channel.BasicQosAsync(0, (ushort)prefetch, global: false, cancellationToken)
                .WaitAsync(options.BrokerTimeout, time, cancellationToken);
            await channel.BasicConsumeAsync(queue, autoAck: false, session, cancellationToken)
                .WaitAsync(options.BrokerTimeout, time, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // The client takes the body's memory back when this returns.
        var message = new TransportMessage
        {
            Exchange = exchange,
            RoutingKey = routingKey,
            MessageId = properties.MessageId,
            Type = properties.Type,
            CorrelationId = properties.CorrelationId,
            AppId = properties.AppId,
            Timestamp = properties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime) : null,
            Headers = properties.Headers ?? new Dictionary<string, object?>(),
            Body = body.ToArray(),
        };

        _window.Delivered(deliveryTag);
        _onDelivery(new Delivery(message, deliveryTag, _time.GetUtcNow(), this, redelivered));
        return Task.CompletedTask;
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _ended.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>The broker cancels a consumer whose queue is deleted.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _ended.TrySetResult();
        return Task.CompletedTask;
    }

    public void Acknowledge(Delivery delivery) => _finished.Writer.TryWrite(delivery.Tag);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _finished.Writer.TryComplete();
        try
        {
            await _acknowledging.WaitAsync(_options.BrokerTimeout, _time);
            await Channel.DisposeAsync().AsTask().WaitAsync(_options.BrokerTimeout, _time);
        }
        catch (Exception)
        {
            // The connection is gone, and all that was not acknowledged is the broker's again.
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Acknowledges what has finished meanwhile with as few frames as is safe.</summary>
    private async Task AcknowledgeAsync()
    {
        var finished = new List<ulong>();
        try
        {
            while (await _finished.Reader.WaitToReadAsync())
            {
                finished.Clear();
                while (_finished.Reader.TryRead(out var tag))
                {
                    finished.Add(tag);
                }

                foreach (var (tag, multiple) in _window.Finish(finished))
                {
                    await Channel.BasicAckAsync(tag, multiple).AsTask().WaitAsync(_options.BrokerTimeout, _time);
                }
            }
        }
        catch (Exception)
        {
            // The channel is gone: the broker delivers again what it has not heard of, and the inbox knows it.
            _ended.TrySetResult();
        }
    }
}
