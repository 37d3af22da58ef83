namespace EventBus.Transport;

/// <summary>Publishes batches, one at a time.</summary>
public interface IPublisher : IAsyncDisposable
{
    /// <summary>Waits until the broker accepts messages.</summary>
    Task ReadyAsync(CancellationToken cancellationToken);

    /// <summary>Publishes a batch and waits until the broker confirmed it. Messages of the same key keep their order.</summary>
    /// <param name="messages">At most as many as <see cref="EventBusOptions.RelayBatchSize"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome is then unknown.</param>
    /// <returns>
    /// One result for each message, in the same order: null when the broker stored it, <see cref="NoReceiverException"/> when the message
    /// <see cref="TransportMessage.RequiresReceiver"/> and no queue received it (only where the broker reports that), <see
    /// cref="MessageRefusedException"/> when the broker will never store it, otherwise the fault. A transport that gets one answer for a
    /// whole batch repeats it for each message.
    /// </returns>
    Task<IReadOnlyList<Exception?>> PublishAsync(IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken);
}
