namespace EventBus;

/// <summary>
/// Handles one type of message. The bus creates the handler in a scope of its own, opens the transaction, remembers the message's id in it,
/// calls the handler, saves, commits and acknowledges: the handler neither saves nor acknowledges. Messages that the handler publishes are
/// part of the transaction. A call to an outside system belongs in an <see cref="ICallingMessageHandler{TMessage, TResult}"/>.
/// </summary>
/// <typeparam name="TMessage">The event or command.</typeparam>
public interface IMessageHandler<in TMessage>
{
    /// <summary>
    /// Handles one message. An exception rolls everything back; the message is tried again, and dead-lettered in the end.
    /// </summary>
    /// <param name="message">The deserialized body.</param>
    /// <param name="context">The envelope.</param>
    /// <param name="cancellationToken">
    /// Cancelled after <see cref="EventBusOptions.HandlerTimeout"/>, or when the process stops and the drain time is over.
    /// </param>
    Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);
}
