using System.Diagnostics;
using EventBus.Messages;
using Microsoft.Extensions.Hosting;

namespace EventBus.Transport;

/// <summary>
/// Carries messages between processes. Register an implementation as the singleton <see cref="ITransport"/>; the bus starts and stops it
/// with the host. Delivery is at least once: a message that was not acknowledged is delivered again, even if it was processed.
/// </summary>
/// <remarks>
/// The contract names message kinds, types, keys and the queues of services. How a broker routes, stores, delays and dead-letters is up to
/// the transport: it may create what it needs, or rely on what an administrator created and report what is missing in <see cref="Health"/>.
/// </remarks>
public interface ITransport : IHostedService
{
    /// <summary>Size of the largest body in bytes that this transport carries. A larger message is refused when it is published.</summary>
    long MaxBodySize { get; }

    /// <summary>
    /// Whether the broker checks who publishes a message, so that <see cref="TransportMessage.Sender"/> is known. Where it does not, <see
    /// cref="EventBusBuilder.AcceptOnly"/> has no effect, and the broker's rights alone decide who may send.
    /// </summary>
    bool ChecksSenders { get; }

    /// <summary>The state of the connection and of what the transport found wrong. Read often; must not block.</summary>
    TransportHealth Health { get; }

    /// <summary>Creates a publisher. Each user has its own; the order of its batches is kept per key.</summary>
    IPublisher CreatePublisher();

    /// <summary>
    /// Creates the queues and subscriptions of the service that are missing, where the transport may do so, and checks again what
    /// <see cref="Health"/> reports. Waits until the broker is reachable.
    /// </summary>
    Task EnsureTopologyAsync(CancellationToken cancellationToken);

    /// <summary>Starts to receive messages. Waits until the broker is reachable.</summary>
    /// <param name="queue">A queue that this service consumes (<see cref="TopologyPlan.Consumed"/>).</param>
    /// <param name="prefetch">How many messages the transport may hand out before they are acknowledged; a hint.</param>
    /// <param name="onDelivery">Called for each message, in order per key. Must return at once.</param>
    /// <param name="cancellationToken">Ends the wait for the broker, not the session.</param>
    Task<IConsumerSession> ConsumeAsync(QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken);

    /// <summary>
    /// Starts to read the dead letters of a queue. The reason is in the header <see cref="HeaderNames.Reason"/>, also where the broker
    /// itself dead-lettered the message. Deliveries that are not acknowledged stay dead letters.
    /// </summary>
    /// <inheritdoc cref="ConsumeAsync"/>
    Task<IConsumerSession> ConsumeDeadLettersAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken);

    /// <summary>Counts what waits in a queue; null when the transport cannot count it now, or at all.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="fresh">False: a count from a moment ago will do, where counting costs something.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    Task<QueueDepth?> MeasureAsync(QueuePlan queue, bool fresh, CancellationToken cancellationToken);

    /// <summary>
    /// Adds the tags that OpenTelemetry's messaging conventions define for this broker: <c>messaging.system</c>,
    /// <c>messaging.destination.name</c> and those of the vendor.
    /// </summary>
    /// <param name="span">A span of the bus.</param>
    /// <param name="kind">The kind of the message.</param>
    /// <param name="type">The wire name of the message.</param>
    /// <param name="queue">The queue it is processed from; null for the sending side.</param>
    void Describe(Activity span, MessageKind kind, string type, string? queue);

    /// <summary>The value of <c>messaging.system</c>, as in <c>rabbitmq</c>.</summary>
    string SystemName { get; }
}
