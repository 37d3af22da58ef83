using System.Diagnostics;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Publishes to the topic of events and the queues of commands, in batches that the broker accepts or refuses as a whole. A batch is sent
/// after the one before it was confirmed, so that the messages of a key keep their order.
/// </summary>
internal sealed class ServiceBusPublisher(NamespaceLink link, SendState state, string appId, CrashPoints crashPoints) : IPublisher
{
    public Task ReadyAsync(CancellationToken cancellationToken) => link.ConnectedAsync(cancellationToken);

    public async Task<IReadOnlyList<Exception?>> PublishAsync(
        IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken)
    {
        var connection = await link.ConnectedAsync(cancellationToken);
        var results = new Exception?[messages.Count];
        foreach (var target in Enumerable.Range(0, messages.Count)
            .GroupBy(i => Entities.TargetOf(messages[i].Kind, messages[i].Type ?? throw new ArgumentException("A message needs a type."))))
        {
            await PublishAsync(connection, target.Key, [.. target], messages, results, cancellationToken);
        }

        return results;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Publishes some of the messages, all to one topic or queue.</summary>
    private async Task PublishAsync(
        NamespaceConnection connection, string target, int[] chosen, IReadOnlyList<TransportMessage> messages, Exception?[] results,
        CancellationToken cancellationToken)
    {
        // The SDK would write the context of the current span into a message that has none, also when it is added to a batch.
        Activity.Current = null;
        var sender = connection.SenderOf(target);
        for (var next = 0; next < chosen.Length;)
        {
            var first = next;
            try
            {
                // Not disposed when sending it fails: the SDK may still use it.
                var batch = await connection.RunAsync(token => sender.CreateMessageBatchAsync(token).AsTask(), cancellationToken);
                while (next < chosen.Length && batch.TryAddMessage(MessageProperties.Published(messages[chosen[next]], appId)))
                {
                    next++;
                }

                if (batch.Count == 0)
                {
                    // A message alone may be larger than a batch: up to 100 MB in the tier Premium.
                    var large = MessageProperties.Published(messages[chosen[next++]], appId);
                    await connection.RunAsync(token => sender.SendMessageAsync(large, token), cancellationToken);
                }
                else
                {
                    await connection.RunAsync(token => sender.SendMessagesAsync(batch, token), cancellationToken);
                }

                batch.Dispose();
                state.Sent(target);
                await crashPoints.PassAsync(CrashPoints.HalfPublished);
            }
            catch (Exception fault) when (Faults.IsTooLarge(fault) && next - first == 1)
            {
                results[chosen[first]] = new MessageRefusedException(Faults.Describe(fault), fault);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // What follows must not be stored before these.
                Array.ForEach(chosen[first..], i => results[i] ??= state.Failed(target, messages[i], fault));
                return;
            }
        }
    }
}
