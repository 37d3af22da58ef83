using EventBus.DeadLetters;
using EventBus.Transport;

namespace EventBus.RabbitMq;

/// <summary>Sends copies of failed messages to retry queues, dead-letter queues and back, one at a time and confirmed.</summary>
internal sealed class RabbitForwarder(ConfirmingChannel channel, Func<CancellationToken, Task> declareAsync, CrashPoints crashPoints)
    : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <exception cref="BrokerLostException">The connection was lost before the broker confirmed the copy.</exception>
    /// <exception cref="InvalidOperationException">The broker did not store the copy.</exception>
    public async Task ForwardAsync(AmqpMessage copy, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var refused = await PublishAsync(copy, cancellationToken);
            if (refused is NoReceiverException)
            {
                // The queue was deleted.
                await declareAsync(cancellationToken);
                refused = await PublishAsync(copy, cancellationToken);
            }

            if (refused is not null)
            {
                var message = $"The broker did not store a message in '{copy.RoutingKey}'.";
                throw channel.IsConnected ? new InvalidOperationException(message, refused) : new BrokerLostException(message, refused);
            }
        }
        finally
        {
            _turn.Release();
        }

        await crashPoints.PassAsync(CrashPoints.Moved);
    }

    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        await channel.DisposeAsync();
    }

    private async Task<Exception?> PublishAsync(AmqpMessage copy, CancellationToken cancellationToken)
    {
        await channel.ReadyAsync(cancellationToken);
        return (await channel.PublishAsync([copy], cancellationToken))[0];
    }
}
