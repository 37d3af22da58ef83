using EventBus.Messages;

namespace EventBus.Inbox;

/// <summary>Gives each message's effect exactly once: the memory of having handled it is committed together with what the handler did.</summary>
internal interface IInbox
{
    /// <summary>False while the store is not set up yet.</summary>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Calls the handlers in one transaction and commits, passing over each message that was handled before or that a newer one of its kind
    /// has overtaken.
    /// </summary>
    /// <param name="services">The scope of the transaction; the handlers' writes go through its context or unit of work.</param>
    /// <param name="consumer">Who handles: the queue.</param>
    /// <param name="items">One message, or several with different keys.</param>
    /// <returns>A verdict for each. What a handler throws comes out of here, after everything was rolled back.</returns>
    Task<IReadOnlyList<InboxVerdict>> HandleAsync(
        IServiceProvider services, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken);

    /// <summary>Messages that are remembered, as the store estimates; null when it does not.</summary>
    Task<long?> CountAsync(CancellationToken cancellationToken);

    /// <summary>Forgets messages that were handled before this time, and the versions of aggregates that nothing was heard of since.</summary>
    Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

internal sealed record InboxItem(Envelope Message, Func<CancellationToken, Task> Handle);

internal enum InboxVerdict
{
    Handled,

    /// <summary>This message was handled before.</summary>
    Duplicate,

    /// <summary>A message of the same type about a newer version of the same aggregate was handled before.</summary>
    Stale,
}
