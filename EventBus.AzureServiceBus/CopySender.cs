using Azure.Messaging.ServiceBus;
using EventBus.DeadLetters;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Sends copies of failed messages back to one queue, now or at a time. The time is that of this process's clock, which the broker compares
/// with its own.
/// </summary>
internal sealed class CopySender(
    Func<CancellationToken, Task<NamespaceConnection>> connectAsync, CopyProbe probe, CrashPoints crashPoints, TimeProvider clock)
{
    /// <exception cref="BrokerLostException">The connection was lost before the broker confirmed the copy.</exception>
    /// <exception cref="InvalidOperationException">The broker did not store the copy, or would have dropped it.</exception>
    public async Task SendAsync(QueuePlan queue, TransportMessage copy, TimeSpan delay, CancellationToken cancellationToken)
    {
        var connection = await connectAsync(cancellationToken);
        var target = Entities.TargetOf(queue.Kind, queue.Name);
        var message = MessageProperties.Copy(copy, queue, delay == TimeSpan.Zero ? null : clock.GetUtcNow() + delay);
        try
        {
            if (!await probe.ArrivesAsync(connection, queue, cancellationToken))
            {
                throw new InvalidOperationException($"The subscription '{queue.Name}' has no rule for copies of its failed messages.");
            }

            await connection.RunAsync(token => connection.SenderOf(target).SendMessageAsync(message, token), cancellationToken);
        }
        catch (Exception fault) when (fault is ServiceBusException or TimeoutException or IOException || Faults.IsForbidden(fault))
        {
            var reason = $"The broker did not store a message for '{queue.Name}'.";
            throw Faults.IsConnectionLost(fault) ? new BrokerLostException(reason, fault) : new InvalidOperationException(reason, fault);
        }

        await crashPoints.PassAsync(CrashPoints.Moved);
    }
}
