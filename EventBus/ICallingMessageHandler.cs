namespace EventBus;

/// <summary>
/// Handles a message that needs a call to something outside the service's database, such as a payment provider. The call is made before the
/// transaction, so that a slow answer keeps no connection and no lock.
/// </summary>
/// <remarks>
/// The two steps run in scopes of their own. After a crash, a failed commit or a redelivery the call is made again, also for a message that
/// was handled before: pass <see cref="MessageContext.MessageId"/>, or an id of the message that stays the same, as its idempotency key.
/// </remarks>
/// <typeparam name="TMessage">The event or command.</typeparam>
/// <typeparam name="TResult">What the call returns.</typeparam>
public interface ICallingMessageHandler<in TMessage, TResult>
{
    /// <summary>Makes the call. Reads of the service's own data are fine; writes are not kept.</summary>
    /// <param name="message">The deserialized body.</param>
    /// <param name="context">The envelope.</param>
    /// <param name="cancellationToken">
    /// Cancelled after <see cref="EventBusOptions.HandlerTimeout"/>, or when the process stops and the drain time is over.
    /// </param>
    Task<TResult> CallAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Applies the result, in the transaction that also remembers the message. Same rules as <see
    /// cref="IMessageHandler{TMessage}.HandleAsync"/>.
    /// </summary>
    /// <param name="message">The deserialized body.</param>
    /// <param name="result">What <see cref="CallAsync"/> returned.</param>
    /// <param name="context">The envelope.</param>
    /// <param name="cancellationToken">As in <see cref="CallAsync"/>; both steps share the timeout.</param>
    Task HandleAsync(TMessage message, TResult result, MessageContext context, CancellationToken cancellationToken);
}
