using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Finds out whether copies of failed messages reach the own subscription. Without its rule for them, the broker drops each copy and
/// reports success, and the message would be lost. Rules can be seen only with the right to manage the namespace, so one copy is sent on
/// trial.
/// </summary>
internal sealed class CopyProbe
{
    private const string Mark = "probe";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Task<bool>> _trials = new();

    /// <summary>A process that ended during its trial left it behind; another one receives it.</summary>
    public static bool IsProbe(ServiceBusReceivedMessage message) => message.ApplicationProperties.ContainsKey(Mark);

    /// <summary>Whether copies for this queue arrive; proved once in the life of the process. Those of commands always do.</summary>
    public async Task<bool> ArrivesAsync(NamespaceConnection connection, QueuePlan queue, CancellationToken cancellationToken)
    {
        if (queue.Kind == MessageKind.Command)
        {
            return true;
        }

        // Callers share a trial; one that fails is repeated by the next caller.
        var trial = _trials.GetOrAdd(queue.Name, _ => TryAsync(connection, queue));
        var arrives = false;
        try
        {
            return arrives = await trial.WaitAsync(cancellationToken);
        }
        finally
        {
            if (!arrives)
            {
                _trials.TryRemove(KeyValuePair.Create(queue.Name, trial));
            }
        }
    }

    /// <summary>In a session that is locked before the copy is sent, so that no other consumer receives it.</summary>
    private static async Task<bool> TryAsync(NamespaceConnection connection, QueuePlan queue)
    {
        var session = $"{Mark}-{Guid.NewGuid():n}";
        var copy = new ServiceBusMessage
        {
            SessionId = session,
            TimeToLive = Patience,
            ApplicationProperties = { [MessageProperties.For] = queue.Name, [Mark] = true },
        };
        var receiver = await connection.RunAsync(
            token => connection.Client.AcceptSessionAsync(Entities.Topic, queue.Name, session, cancellationToken: token),
            CancellationToken.None);
        try
        {
            await connection.RunAsync(token => connection.SenderOf(Entities.Topic).SendMessageAsync(copy, token), CancellationToken.None);
            var arrived = await connection.RunAsync(token => receiver.ReceiveMessageAsync(Patience, token), CancellationToken.None);
            if (arrived is null)
            {
                return false;
            }

            await connection.RunAsync(token => receiver.CompleteMessageAsync(arrived, token), CancellationToken.None);
            return true;
        }
        finally
        {
            await connection.CloseAsync(receiver);
        }
    }
}
