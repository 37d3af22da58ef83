using EventBus.Messages;

namespace EventBus.Inbox;

/// <summary>Gives each message exactly one effect: its id is committed together with what the handler wrote.</summary>
internal interface IInbox
{
    /// <summary>False while the store is not set up yet.</summary>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Calls the handlers in one transaction and commits. Skips each message that was handled before, or that a newer version of its
    /// aggregate has overtaken.
    /// </summary>
    /// <param name="services">The scope of the transaction; the handlers' writes go through its context or unit of work.</param>
    /// <param name="consumer">The queue.</param>
    /// <param name="items">One message, or several with different keys.</param>
    /// <returns>A verdict for each.</returns>
    /// <exception cref="Failure.StoreUnavailableException">The store did not answer before a handler was called.</exception>
    /// <exception cref="Exception">What a handler threw, after everything was rolled back.</exception>
    Task<IReadOnlyList<InboxVerdict>> HandleAsync(
        IServiceProvider services, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken);

    /// <summary>How many messages are remembered, as the store estimates; null when it cannot.</summary>
    Task<long?> CountAsync(CancellationToken cancellationToken);

    /// <summary>Removes messages that were handled before this time, and the versions of aggregates without a message since.</summary>
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
