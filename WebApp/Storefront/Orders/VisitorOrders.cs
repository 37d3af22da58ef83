using WebApp.Clients;
using WebApp.Identity;

namespace WebApp.Storefront.Orders;

/// <summary>The orders that the visitor may see: as the buyer, or because this browser has the order's key.</summary>
public sealed class VisitorOrders(CurrentVisitor current, OrderKeys keys, OrderingClient ordering)
{
    public async Task<Reply<OrderView>> FindAsync(Guid id, CancellationToken cancellationToken) => CallerFor(id) is { } caller
        ? await ordering.FindAsync(caller, id, keys.Find(id), cancellationToken)
        : Reply.NotFound<OrderView>();

    public async Task<Reply<OrderView>> CancelAsync(Guid id, CancellationToken cancellationToken) => CallerFor(id) is { } caller
        ? await ordering.CancelAsync(caller, id, keys.Find(id), cancellationToken)
        : Reply.NotFound<OrderView>();

    /// <summary>Opens an order by the key in the link of a mail. From then on this browser may see it.</summary>
    public async Task<Reply<OrderView>> OpenAsync(Guid id, string key, CancellationToken cancellationToken)
    {
        var reply = await ordering.FindAsync(current.Find() ?? NewGuest(), id, key, cancellationToken);
        if (reply.IsSuccess)
        {
            keys.Remember(id, key);
        }

        return reply;
    }

    /// <summary>Opens an order by what its buyer knows. From then on this browser may see it.</summary>
    public async Task<Reply<FoundOrder>> OpenByNumberAsync(string number, string email, CancellationToken cancellationToken)
    {
        var reply = await ordering.FindByNumberAsync(current.Find() ?? NewGuest(), number, email, cancellationToken);
        if (reply.Value is { } found)
        {
            keys.Remember(found.Id, found.Key);
        }

        return reply;
    }

    /// <summary>
    /// Whether the list of the visitor's own orders may lack this one: they have its key and no account. A guest's own order counts too
    /// once they open it by the link of its mail; who bought it is not known here.
    /// </summary>
    public bool IsOpenedByKey(Guid id) => current.Find() is null or { IsGuest: true } && keys.Find(id) is not null;

    private Visitor? CallerFor(Guid id) => current.Find() ?? (keys.Find(id) is null ? null : NewGuest());

    // Ordering requires a token of everyone; a guest without anything needs no cookie for that.
    private static Visitor NewGuest() => Visitor.Guest(Guid.NewGuid());
}
