using EventBus.Inbox;

namespace EventBus.Faults;

/// <summary>Lets chosen messages fail at the end of their handlers, inside the transaction.</summary>
internal sealed class FailingInbox(IInbox inbox, BusFaults faults) : IInbox
{
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => inbox.IsReadyAsync(cancellationToken);

    public Task<IReadOnlyList<InboxVerdict>> HandleAsync(
        IServiceProvider services, string consumer, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken) =>
        inbox.HandleAsync(services, consumer, [.. items.Select(WithFault)], cancellationToken);

    public Task<long?> CountAsync(CancellationToken cancellationToken) => inbox.CountAsync(cancellationToken);

    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => inbox.ForgetAsync(before, cancellationToken);

    private InboxItem WithFault(InboxItem item) => !faults.Fails(item.Message.Type, item.Message.MessageId) ? item : item with
    {
        Handle = async token =>
        {
            await item.Handle(token);
            throw new HandlerFaultException(item.Message.Type);
        },
    };
}
