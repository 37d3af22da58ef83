namespace EventBus.Transport;

/// <summary>
/// A message that the broker handed out and that waits to be settled. Exactly one of <see cref="AcknowledgeAsync"/>, <see
/// cref="ResendAsync"/>, <see cref="DeadLetterAsync"/> and <see cref="ReleaseAsync"/> is called. Where the broker limits how long a message
/// may stay unsettled, the transport renews its lock.
/// </summary>
public abstract class Delivery
{
    /// <summary>What was published, as received.</summary>
    public required TransportMessage Message { get; init; }

    /// <summary>When this process received it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The broker handed it out before, as far as it says so: some do not count a delivery that was returned.</summary>
    public bool IsRedelivered { get; init; }

    /// <summary>The broker no longer waits for this process: it delivers the message again. Settling has no effect then.</summary>
    public abstract bool IsLost { get; }

    /// <summary>
    /// Removes the message from the queue. If the broker cannot be reached, it delivers the message again, and nothing is thrown. May
    /// return before the broker answered.
    /// </summary>
    public abstract ValueTask AcknowledgeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Delivers a copy of the message to the same queue, to no other service, and removes the original after the broker stored the copy.
    /// </summary>
    /// <param name="copy">The message with changed headers; id, key and body are those of the original.</param>
    /// <param name="delay">
    /// One of <see cref="QueuePlan.RetryDelays"/>: the copy is delivered after it. Zero: at once, as the replay of a dead letter does.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the broker; the original is then delivered again.</param>
    /// <exception cref="InvalidOperationException">The broker did not store the copy.</exception>
    public abstract Task ResendAsync(TransportMessage copy, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Moves the message to the dead letters of its queue.</summary>
    /// <param name="copy">The message with the headers that describe the failure.</param>
    /// <param name="reason">One of <see cref="DeadLetterReasons"/>; also in the headers.</param>
    /// <param name="description">The message of the exception; null when there was none.</param>
    /// <param name="cancellationToken">Ends the wait for the broker; the original is then delivered again.</param>
    /// <exception cref="InvalidOperationException">The broker did not store the message.</exception>
    public abstract Task DeadLetterAsync(TransportMessage copy, string reason, string? description, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the message to the broker, which delivers it again. Other messages of the session may be returned with it.
    /// </summary>
    public abstract ValueTask ReleaseAsync();
}
