using EventBus.Outbox;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.Transport.RabbitMq;

/// <summary>
/// Publishes with pipelined confirms on a channel of its own. The window of unconfirmed messages is the batch: the client's own limiter
/// does not bound it.
/// </summary>
internal sealed class RabbitPublisher(BrokerLink link, string appId, CrashPoints crashPoints, EventBusOptions options, TimeProvider time) : IPublisher
{
    private static readonly CreateChannelOptions WithConfirms = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);

    private IConnection? _connection;
    private IChannel? _channel;

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
    }

    public async Task<IReadOnlyList<Exception?>> PublishAsync(IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken)
    {
        var channel = _channel ?? throw new InvalidOperationException("Await ReadyAsync before publishing.");

        // Started one after the other and awaited together: the order on the wire is the order of the list.
        var confirms = new Task<Exception?>[messages.Count];
        for (var i = 0; i < messages.Count; i++)
        {
            confirms[i] = PublishAsync(channel, messages[i]);
            if (i == (messages.Count - 1) / 2)
            {
                await crashPoints.PassAsync(CrashPoints.HalfPublished);
            }
        }

        await ConfirmedAsync(Task.WhenAll(confirms), cancellationToken);

        return [.. confirms.Select(confirm => confirm.IsCompletedSuccessfully
            ? confirm.GetAwaiter().GetResult()
            : new TimeoutException($"The broker did not confirm within {options.BrokerTimeout}."))];
    }

    public async ValueTask DisposeAsync() => await CloseChannelAsync();

    private async Task ConfirmedAsync(Task all, CancellationToken cancellationToken)
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

    private async Task<Exception?> PublishAsync(IChannel channel, TransportMessage message)
    {
        try
        {
            await channel.BasicPublishAsync(
                message.Exchange, message.RoutingKey, mandatory: true, PropertiesOf(message), message.Body, CancellationToken.None);
            return null;
        }
        catch (PublishException refused) when (refused.IsReturn)
        {
            return new NoReceiverException(message.Exchange, message.RoutingKey);
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    // The client writes into the headers it is given, so each message has its own.
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
            Headers = new Dictionary<string, object?>(message.Headers),
        };

        if (message.Timestamp is { } timestamp)
        {
            properties.Timestamp = new AmqpTimestamp(timestamp.ToUnixTimeSeconds());
        }

        return properties;
    }

    private async Task CloseChannelAsync()
    {
        if (_channel is not null)
        {
            try
            {
                await _channel.DisposeAsync().AsTask().WaitAsync(options.BrokerTimeout, time);
            }
            catch (Exception)
            {
                // It belongs to a connection that is gone; nothing of it is left to close.
            }

            _channel = null;
        }
    }
}
