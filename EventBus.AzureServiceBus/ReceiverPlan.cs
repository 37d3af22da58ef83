using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.AzureServiceBus;

/// <summary>What a consumer of one queue works with.</summary>
/// <param name="Connection">The connection that it lives and ends with.</param>
/// <param name="Queue">A queue of the service.</param>
/// <param name="Prefetch">The most messages that are handed out and not settled.</param>
/// <param name="OnDelivery">Receives the messages.</param>
/// <param name="Copies">Sends copies of failed messages.</param>
/// <param name="DeadLetters">Counts dead letters.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Logger">Receives unexpected faults.</param>
internal sealed record ReceiverPlan(
    NamespaceConnection Connection,
    QueuePlan Queue,
    int Prefetch,
    Action<Delivery> OnDelivery,
    CopySender Copies,
    DeadLetterCounter DeadLetters,
    TimeProvider Clock,
    ILogger Logger);
