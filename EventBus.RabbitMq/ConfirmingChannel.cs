using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.RabbitMq;

/// <summary>Publishes with pipelined confirms on a channel of its own. The window of unconfirmed messages is the batch.</summary>
internal sealed class ConfirmingChannel(
    BrokerLink link, string appId, string user, CrashPoints crashPoints, EventBusOptions options, TimeProvider clock) : IAsyncDisposable
{
    private static readonly CreateChannelOptions WithConfirms = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: false,
        outstandingPublisherConfirmationsRateLimiter: null);

    private IConnection? _connection;
    private IChannel? _channel;
    private volatile ConfirmWindow? _window;

    /// <summary>The connection that was last published on is still there.</summary>
    public bool IsConnected => _connection is { IsOpen: true };

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        await link.UnblockedAsync(cancellationToken);
        var connection = await link.ConnectedAsync(cancellationToken);
        if (_channel is { IsOpen: true } && ReferenceEquals(connection, _connection))
        {
            return;
        }

        await CloseChannelAsync();
        if (ReferenceEquals(connection, _connection))
        {
            // The broker closed the channel but not the connection: an exchange that it published to was deleted.
            await link.DeclareAsync(connection, cancellationToken);
        }

        _connection = connection;
        _channel = await connection.CreateChannelAsync(WithConfirms, cancellationToken)
            .WaitAsync(options.BrokerTimeout, clock, cancellationToken);
        Listen(_channel);
    }

    public async Task<IReadOnlyList<Exception?>> PublishAsync(IReadOnlyList<AmqpMessage> messages, CancellationToken cancellationToken)
    {
        var channel = _channel ?? throw new InvalidOperationException("Await ReadyAsync before publishing.");
        var first = await channel.GetNextPublishSequenceNumberAsync(cancellationToken).AsTask()
            .WaitAsync(options.BrokerTimeout, clock, cancellationToken);
        var window = new ConfirmWindow(first, messages);
        _window = window;

        await SettledAsync(Task.WhenAll(SendAsync(channel, messages, window), window.Settled), cancellationToken);
        return window.Results(() => new TimeoutException($"The broker did not confirm within {options.BrokerTimeout}."));
    }

    public async ValueTask DisposeAsync() => await CloseChannelAsync();

    private void Listen(IChannel channel)
    {
        channel.BasicAcksAsync += (_, ack) => Apply(window => window.Confirmed(ack.DeliveryTag, ack.Multiple));
        channel.BasicNacksAsync += (_, nack) => Apply(window => window.Rejected(nack.DeliveryTag, nack.Multiple));
        channel.BasicReturnAsync += (_, back) => Apply(
            window => window.Returned(back.BasicProperties.MessageId, back.Exchange, back.RoutingKey));
        channel.ChannelShutdownAsync += (_, shutdown) => Apply(window => window.End(new AlreadyClosedException(shutdown)));

        Task Apply(Action<ConfirmWindow> answer)
        {
            // An abandoned channel may still answer; its window is not the open one.
            if (ReferenceEquals(channel, _channel) && _window is { } window)
            {
                answer(window);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Sends the messages in order without waiting for confirms.</summary>
    private async Task SendAsync(IChannel channel, IReadOnlyList<AmqpMessage> messages, ConfirmWindow window)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            window.Send(i);
            try
            {
                var properties = message.ToProperties(appId, user);
                await channel.BasicPublishAsync(
                    message.Exchange, message.RoutingKey, mandatory: true, properties, message.Message.Body, CancellationToken.None);
            }
            catch (Exception fault)
            {
                window.NotSent(fault);
            }

            if (!channel.IsOpen)
            {
                // It may have closed before this window was registered.
                window.End(new AlreadyClosedException(channel.CloseReason!));
                return;
            }

            if (i == (messages.Count - 1) / 2)
            {
                await crashPoints.PassAsync(CrashPoints.HalfPublished);
            }
        }
    }

    private async Task SettledAsync(Task all, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await all.WaitAsync(options.BrokerTimeout, clock, cancellationToken);
                return;
            }
            catch (TimeoutException) when (link.Blocked is not null)
            {
                // The broker blocked the connection and will continue with it; heartbeats detect a lost connection.
            }
            catch (TimeoutException)
            {
                await link.AbandonAsync(_connection!);
                return;
            }
        }
    }

    private async Task CloseChannelAsync()
    {
        if (_channel is { } channel)
        {
            _channel = null;
            try
            {
                await channel.DisposeAsync().AsTask().WaitAsync(options.BrokerTimeout, clock);
            }
            catch (Exception)
            {
                // Its connection is gone; nothing is left to close.
            }
        }
    }
}
