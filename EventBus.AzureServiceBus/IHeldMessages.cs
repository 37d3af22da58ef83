using Azure.Messaging.ServiceBus;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>The consumer that locked a message: a session, or a reader of dead letters.</summary>
internal interface IHeldMessages
{
    QueuePlan Queue { get; }

    CopySender Copies { get; }

    /// <summary>The message is no longer locked for this process.</summary>
    bool IsLost(ServiceBusReceivedMessage message);

    /// <summary>Removes the message; returns before the broker answered. If that fails, the broker delivers it again.</summary>
    void Complete(ServiceBusReceivedMessage message);

    /// <exception cref="InvalidOperationException">The broker did not store it as a dead letter.</exception>
    Task DeadLetterAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object> changes, string reason, string? description,
        CancellationToken cancellationToken);

    /// <summary>Returns everything that is not settled.</summary>
    ValueTask ReleaseAsync();
}
