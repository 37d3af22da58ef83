using System.Threading.Channels;
using EventBus.Transport;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EventBus.RabbitMq;

/// <summary>A consumer on a channel of its own, with manual acknowledgement.</summary>
internal sealed class RabbitConsumerSession : AsyncDefaultBasicConsumer, IConsumerSession
{
    private readonly SessionPlan _plan;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _clock;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ulong> _finished = System.Threading.Channels.Channel.CreateUnbounded<ulong>();
    private readonly AckWindow _window = new();
    private readonly Task _acknowledging;
    private int _disposed;

    private RabbitConsumerSession(IChannel channel, SessionPlan plan, EventBusOptions options, TimeProvider clock)
        : base(channel)
    {
        _plan = plan;
        _options = options;
        _clock = clock;
        _acknowledging = AcknowledgeAsync();
    }

    public Task Ended => _ended.Task;

    public QueuePlan Queue => _plan.Queue;

    public RabbitForwarder Forwarder => _plan.Forwarder;

    public static async Task<RabbitConsumerSession> OpenAsync(
        IConnection connection, SessionPlan plan, EventBusOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var channel = await connection
            .CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: 1), cancellationToken)
            .WaitAsync(options.BrokerTimeout, clock, cancellationToken);
        var session = new RabbitConsumerSession(channel, plan, options, clock);
        try
        {
            await channel.BasicQosAsync(0, (ushort)plan.Prefetch, global: false, cancellationToken)
                .WaitAsync(options.BrokerTimeout, clock, cancellationToken);
            await channel.BasicConsumeAsync(
                    plan.DeadLetters ? RabbitQueues.DeadLetters(plan.Queue) : plan.Queue.Name, autoAck: false, session, cancellationToken)
                .WaitAsync(options.BrokerTimeout, clock, cancellationToken);
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
        try
        {
            // Copied, because the client reuses the memory of the body.
            var message = AmqpMessage.Read(Queue.Kind, properties, body.ToArray(), _plan.User);
            _window.Delivered(deliveryTag);
            _plan.OnDelivery(new RabbitDelivery(this, deliveryTag, exchange, routingKey)
            {
                Message = _plan.DeadLetters ? AmqpMessage.ReadDeadLetter(message) : message,
                ReceivedAt = _clock.GetUtcNow(),
                IsRedelivered = redelivered,
            });
        }
        catch (Exception fault)
        {
            // The client would swallow it, and the message would stay unacknowledged for as long as the process runs.
            _ended.TrySetException(fault);
        }

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

    /// <summary>The acknowledgement is sent soon. Lost with the connection, it leads to a redelivery that the inbox recognises.</summary>
    public void Acknowledge(ulong tag) => _finished.Writer.TryWrite(tag);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _finished.Writer.TryComplete();
        try
        {
            await _acknowledging.WaitAsync(_options.BrokerTimeout, _clock);
            await Channel.DisposeAsync().AsTask().WaitAsync(_options.BrokerTimeout, _clock);
        }
        catch (Exception)
        {
            // The connection is gone; the broker redelivers what was not acknowledged.
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Acknowledges finished deliveries with as few frames as is safe.</summary>
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
                    await Channel.BasicAckAsync(tag, multiple).AsTask().WaitAsync(_options.BrokerTimeout, _clock);
                }
            }
        }
        catch (Exception)
        {
            // The channel is closed: the broker redelivers what it has not received an acknowledgement for, and the inbox recognises it.
            _ended.TrySetResult();
        }
    }
}

/// <param name="Queue">A queue of the service.</param>
/// <param name="DeadLetters">Consume its dead letters instead.</param>
/// <param name="Prefetch">The most unacknowledged messages.</param>
/// <param name="OnDelivery">Receives the messages.</param>
/// <param name="Forwarder">Moves failed messages.</param>
/// <param name="User">The account of the connection.</param>
internal sealed record SessionPlan(
    QueuePlan Queue, bool DeadLetters, int Prefetch, Action<Delivery> OnDelivery, RabbitForwarder Forwarder, string User);
