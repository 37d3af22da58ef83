using Microsoft.AspNetCore.SignalR;

namespace WebApp.Push;

/// <summary>Where an open page listens for changes of what it shows.</summary>
public sealed class PushHub(OrderTicket tickets) : Hub
{
    private const int MostProducts = 200;

    /// <summary>Prices and stock are public: whoever shows a product may follow it.</summary>
    public async Task FollowProducts(int[] ids)
    {
        foreach (var id in ids.Distinct().Take(MostProducts))
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, ProductGroup(id), Context.ConnectionAborted);
        }
    }

    /// <summary>An order is its owner's: only the page that was made for them has the ticket.</summary>
    public async Task FollowOrder(Guid id, string ticket)
    {
        if (!tickets.IsFor(id, ticket))
        {
            throw new HubException("This order is not yours to follow.");
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, OrderGroup(id), Context.ConnectionAborted);
    }

    public static string ProductGroup(int id) => $"product-{id}";

    public static string OrderGroup(Guid id) => $"order-{id}";
}
