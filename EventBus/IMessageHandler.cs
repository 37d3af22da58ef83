namespace EventBus;

/// <summary>
/// Does what one message asks for. The bus creates the handler in a scope of its own, opens the transaction, remembers the message's id
/// in it, calls the handler, saves, commits and acknowledges: the handler neither saves nor acknowledges. Messages that the handler
/// publishes are part of that transaction.
/// </summary>
/// <typeparam name="TMessage">The event or command.</typeparam>
public interface IMessageHandler<in TMessage>
{
    /// <summary>Handles one message. An exception rolls everything back and the message is tried again, later dead-lettered.</summary>
    /// <param name="message">The deserialized body.</param>
    /// <param name="context">The envelope.</param>
    /// <param name="cancellationToken">Cancelled when the process stops and the drain budget is used up.</param>
    Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);
}
