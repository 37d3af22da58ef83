using Microsoft.Extensions.Hosting;

namespace EventBus.Transport;

/// <summary>Carries messages between processes. A transport is at-least-once: what was not acknowledged comes again.</summary>
internal interface ITransport : IHostedService
{
    IPublisher CreatePublisher();

    /// <summary>Declares exchanges, queues and bindings anew: somebody has removed some. Waits until the broker is there.</summary>
    Task DeclareAsync(CancellationToken cancellationToken);

    /// <summary>Looks again where something was not as declared; somebody may have put it right.</summary>
    Task RecheckAsync(CancellationToken cancellationToken);

    /// <summary>Starts to receive; waits until the broker is there.</summary>
    /// <param name="queue">A queue of this service's topology.</param>
    /// <param name="prefetch">Messages handed out ahead of their acknowledgement.</param>
    /// <param name="onDelivery">Called for each message in the order of the queue; must return at once.</param>
    Task<IConsumerSession> ConsumeAsync(string queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken);

    /// <summary>Messages that wait in the queue; null when that is not known now.</summary>
    Task<long?> CountAsync(string queue, CancellationToken cancellationToken);

    TransportHealth Health { get; }
}

/// <summary>Publishes in the order of its calls; each user has its own.</summary>
internal interface IPublisher : IAsyncDisposable
{
    /// <summary>Waits until the broker can be published to.</summary>
    Task ReadyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Publishes all and waits for the broker's word on each: null when it has the message safely, <see cref="NoReceiverException"/> when no
    /// queue takes it, else why not.
    /// </summary>
    Task<IReadOnlyList<Exception?>> PublishAsync(IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken);
}

/// <summary>A running consumer of one queue.</summary>
internal interface IConsumerSession : IAsyncDisposable
{
    /// <summary>Completes when no more messages will come: the connection, the channel or the queue is gone.</summary>
    Task Ended { get; }

    /// <summary>The message is dealt with. Without effect once the session has ended: the broker delivers it again then.</summary>
    void Acknowledge(Delivery delivery);
}

/// <summary>A message handed out by the broker that waits for its acknowledgement.</summary>
/// <param name="Message">What was published.</param>
/// <param name="Tag">Its number in the session.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Session">Which takes the acknowledgement.</param>
/// <param name="IsRedelivered">It was handed out before, perhaps, and not acknowledged.</param>
internal sealed record Delivery(TransportMessage Message, ulong Tag, DateTimeOffset ReceivedAt, IConsumerSession Session, bool IsRedelivered);

/// <param name="DownSince">Since when the broker cannot be reached; null while it can.</param>
/// <param name="Problems">What is wrong, in words for people; empty when all is well.</param>
/// <param name="Blocked">The broker takes nothing from us now, by an alarm of its own.</param>
internal sealed record TransportHealth(DateTimeOffset? DownSince, IReadOnlyList<string> Problems, bool Blocked = false);
