using EventBus.Outbox;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.Transport.RabbitMq;

/// <summary>Publishes with pipelined confirms on a channel of its own. The window of unconfirmed messages is the batch.</summary>
internal sealed class RabbitPublisher(BrokerLink link, string appId, CrashPoints crashPoints, EventBusOptions options, TimeProvider time) : IPublisher
{
    private static readonly CreateChannelOptions WithConfirms = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false, outstandingPublisherConfirmationsRateLimiter: null);

    private IConnection? _connection;
    private IChannel? _channel;
    private volatile ConfirmWindow? _window;

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
            // The broker has closed the channel of a living connection: what it published to is not there any more.
            await link.DeclareAsync(connection, cancellationToken);
        }

        _connection = connection;
        _channel = await connection.CreateChannelAsync(WithConfirms, cancellationToken).WaitAsync(options.BrokerTimeout, time, cancellationToken);
        Listen(_channel);
    }

    public async Task<IReadOnlyList<Exception?>> PublishAsync(IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken)
    {
        var channel = _channel ?? throw new InvalidOperationException("Await ReadyAsync before publishing.");
        var first = await channel.GetNextPublishSequenceNumberAsync(cancellationToken).AsTask().WaitAsync(options.BrokerTimeout, time, cancellationToken);
        var window = new ConfirmWindow(first, messages);
        _window = window;

        await SettledAsync(Task.WhenAll(SendAsync(channel, messages, window), window.Settled), cancellationToken);
        return window.Results(() => new TimeoutException($"The broker did not confirm within {options.BrokerTimeout}."));
    }

    public async ValueTask DisposeAsync() => await CloseChannelAsync();

    private void Listen(IChannel channel)
    {
        channel.BasicAcksAsync += (_, ack) => Tell(window => window.Confirmed(ack.DeliveryTag, ack.Multiple));
        channel.BasicNacksAsync += (_, nack) => Tell(window => window.Refused(nack.DeliveryTag, nack.Multiple));
        channel.BasicReturnAsync += (_, back) => Tell(window => window.Returned(back.BasicProperties.MessageId, back.Exchange, back.RoutingKey));
        channel.ChannelShutdownAsync += (_, shutdown) => Tell(window => window.End(new AlreadyClosedException(shutdown)));

        Task Tell(Action<ConfirmWindow> word)
        {
            // A channel that was given up may still speak; its window is not the one that is open now.
            if (ReferenceEquals(channel, _channel) && _window is { } window)
            {
                word(window);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Sends one after the other without waiting for a confirm: the order on the wire is the order of the list.</summary>
    private async Task SendAsync(IChannel channel, IReadOnlyList<TransportMessage> messages, ConfirmWindow window)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            window.Send(i);
            try
            {
                await channel.BasicPublishAsync(
                    message.Exchange, message.RoutingKey, mandatory: true, PropertiesOf(message), message.Body, CancellationToken.None);
            }
            catch (Exception fault)
            {
                window.NotSent(fault);
            }

            if (!channel.IsOpen)
            {
                // Closed before anybody listened to this window, perhaps.
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
                await all.WaitAsync(options.BrokerTimeout, time, cancellationToken);
                return;
            }
            catch (TimeoutException) when (link.Blocked is not null)
            {
                // It has said why it takes nothing now, and will go on with this very connection; heartbeats watch meanwhile.
            }
            catch (TimeoutException)
            {
                await link.AbandonAsync(_connection!);
                return;
            }
        }
    }

    private BasicProperties PropertiesOf(TransportMessage message)
    {
        var properties = new BasicProperties
        {
            MessageId = message.MessageId,
            Type = message.Type,
            CorrelationId = message.CorrelationId,
            AppId = message.AppId ?? appId,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = message.Headers,
        };

        if (message.Timestamp is { } timestamp)
        {
            properties.Timestamp = new AmqpTimestamp(timestamp.ToUnixTimeSeconds());
        }

        return properties;
    }

    private async Task CloseChannelAsync()
    {
        if (_channel is { } channel)
        {
            _channel = null;
            try
            {
                await channel.DisposeAsync().AsTask().WaitAsync(options.BrokerTimeout, time);
            }
            catch (Exception)
            {
                // It belongs to a connection that is gone; nothing of it is left to close.
            }
        }
    }
}
