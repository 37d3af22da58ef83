using Azure.Messaging.ServiceBus;
using EventBus.Messages;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Looks for the topic, and for the queues and subscriptions that the service needs. It needs no rights but those of the service itself: it
/// opens links for sending, peeks at what it receives from, and tries the rule for copies of failed messages. The rules for events, and the
/// subscriptions of other services, cannot be seen with them.
/// </summary>
internal sealed partial class TopologyCheck(TopologyPlan plan, CopyProbe probe, ILogger<TopologyCheck> logger)
{
    private IReadOnlyList<string> _reported = [];

    /// <summary>What is missing, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task RunAsync(NamespaceConnection connection, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        Add(
            problems,
            await ExplainAsync($"send to topic '{Entities.Topic}'", () => connection.CheckSenderAsync(Entities.Topic, cancellationToken)));
        foreach (var queue in plan.Consumed)
        {
            Add(
                problems,
                await ExplainAsync($"receive from {Describe(queue)}", () => PeekAsync(connection, queue, cancellationToken))
                    ?? await ExplainCopiesAsync(connection, queue, cancellationToken));
        }

        foreach (var queue in plan.Sent)
        {
            Add(
                problems,
                await ExplainAsync($"send to {Describe(queue)}", () => connection.CheckSenderAsync(queue.Name, cancellationToken)));
        }

        Problems = problems;
        Report(problems);
    }

    private void Report(List<string> problems)
    {
        if (problems.Count > 0 && !problems.SequenceEqual(_reported))
        {
            LogMissing(string.Join("; ", problems));
        }

        _reported = problems;
    }

    private static void Add(List<string> problems, string? problem)
    {
        if (problem is not null)
        {
            problems.Add(problem);
        }
    }

    /// <summary>Null when it can be done.</summary>
    private static async Task<string?> ExplainAsync(string deed, Func<Task> tryAsync)
    {
        try
        {
            await tryAsync();
            return null;
        }
        catch (ServiceBusException fault) when (Faults.IsMissing(fault))
        {
            return $"Service Bus: cannot {deed}: it does not exist";
        }
        catch (Exception fault) when (Faults.IsForbidden(fault))
        {
            return $"Service Bus: cannot {deed}: {Faults.Describe(fault)}";
        }
    }

    /// <summary>Null when copies of failed messages arrive, or when that cannot be found out now.</summary>
    private async Task<string?> ExplainCopiesAsync(NamespaceConnection connection, QueuePlan queue, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.ArrivesAsync(connection, queue, cancellationToken)
                ? null
                : $"Service Bus: {Describe(queue)} has no rule for '{MessageProperties.For}' = '{queue.Name}': "
                    + "failed messages are not retried";
        }
        catch (ServiceBusException full) when (Faults.IsFull(full))
        {
            return null;
        }
        catch (Exception fault) when (Faults.IsForbidden(fault) || Faults.IsMissing(fault))
        {
            return $"Service Bus: cannot send copies to {Describe(queue)}: {Faults.Describe(fault)}";
        }
    }

    private static async Task PeekAsync(NamespaceConnection connection, QueuePlan queue, CancellationToken cancellationToken)
    {
        var receiver = connection.Client.CreateReceiver(Entities.PathOf(queue));
        try
        {
            await connection.RunAsync(token => receiver.PeekMessageAsync(cancellationToken: token), cancellationToken);
        }
        finally
        {
            await connection.CloseAsync(receiver);
        }
    }

    private static string Describe(QueuePlan queue) => queue.Kind == MessageKind.Event
        ? $"subscription '{queue.Name}' of topic '{Entities.Topic}'"
        : $"queue '{queue.Name}'";

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The namespace of Service Bus lacks something; deploy/azure/servicebus.bicep creates it: {Problems}")]
    private partial void LogMissing(string problems);
}
