using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>What a consumer of one queue works with.</summary>
/// <param name="Connection">The connection that it lives and ends with.</param>
/// <param name="Queue">A queue of the service.</param>
/// <param name="Prefetch">The most messages that are handed out and not settled.</param>
/// <param name="OnDelivery">Receives the messages.</param>
/// <param name="Copies">Sends copies of failed messages.</param>
/// <param name="DeadLetters">Counts dead letters.</param>
/// <param name="Clock">The clock.</param>
internal sealed record ReceiverPlan(
    NamespaceConnection Connection,
    QueuePlan Queue,
    int Prefetch,
    Action<Delivery> OnDelivery,
    CopySender Copies,
    DeadLetterCounter DeadLetters,
    TimeProvider Clock);
