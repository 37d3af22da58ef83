using EventBus.Transport;

namespace EventBus.RabbitMq;

/// <summary>A quorum queue as it is declared.</summary>
internal sealed record QueueDeclaration(string Name, IReadOnlyDictionary<string, object?> Arguments)
{
    private const int UnroutedKept = 10_000;

    // Only a message that crashes its process is redelivered this often without reaching the retry queues. Beyond the limit it is
    // dead-lettered.
    private const int DeliveryLimit = 1000;

    // RabbitMQ 4 drops a message after 20 deliveries by default; reading a dead letter is a delivery too.
    private const int NoDeliveryLimit = 1_000_000_000;

    public static QueueDeclaration Unrouted { get; } = Create(
        Exchanges.Unrouted, ("x-delivery-limit", NoDeliveryLimit), ("x-max-length", UnroutedKept), ("x-overflow", "drop-head"));

    /// <summary>A queue of a service and its dead letters, in the order in which they are declared.</summary>
    public static IEnumerable<QueueDeclaration> Of(QueuePlan queue) =>
    [
        Create(RabbitQueues.DeadLetters(queue), ("x-delivery-limit", NoDeliveryLimit)),
        Create(queue.Name, [
            .. ForwardTo(RabbitQueues.DeadLetters(queue)),
            ("x-delivery-limit", DeliveryLimit),
            .. RabbitQueues.HasSingleActiveConsumer(queue)
                ? [("x-single-active-consumer", (object?)true)]
                : Array.Empty<(string, object?)>(),
        ]),
    ];

    /// <summary>The queues in which failed messages of a queue wait for a retry.</summary>
    public static IEnumerable<QueueDeclaration> OfRetries(QueuePlan queue) => queue.RetryDelays.Select(delay => Create(
        RabbitQueues.Retry(queue, delay),
        [.. ForwardTo(queue.Name), ("x-message-ttl", (long)Math.Ceiling(delay.TotalMilliseconds))]));

    /// <summary>Arguments of a queue whose rejected or expired messages are moved to another queue without loss.</summary>
    private static (string, object?)[] ForwardTo(string queue) =>
    [
        ("x-dead-letter-exchange", Exchanges.Default),
        ("x-dead-letter-routing-key", queue),
        ("x-dead-letter-strategy", "at-least-once"),
        ("x-overflow", "reject-publish"),
    ];

    private static QueueDeclaration Create(string name, params (string Name, object? Value)[] arguments) => new(
        name, arguments.Append(("x-queue-type", "quorum")).ToDictionary(argument => argument.Item1, argument => argument.Item2));
}
