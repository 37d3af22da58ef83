using Microsoft.AspNetCore.SignalR;

namespace WebApp.Push;

/// <summary>Sends changes to the open pages that show them.</summary>
public sealed class PushHub(OrderTicket tickets) : Hub
{
    private const int MostProducts = 200;

    /// <summary>Prices and stock are public, so any page may follow any product.</summary>
    public async Task FollowProducts(int[] ids)
    {
        foreach (var id in ids.Distinct().Take(MostProducts))
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, ProductGroup(id), Context.ConnectionAborted);
        }
    }

    /// <summary>An order is private: only the page that was rendered for its owner has the ticket.</summary>
    public async Task FollowOrder(Guid id, string ticket)
    {
        if (!tickets.IsFor(id, ticket))
        {
            throw new HubException("The ticket is not valid for this order.");
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, OrderGroup(id), Context.ConnectionAborted);
    }

    public static string ProductGroup(int id) => $"product-{id}";

    public static string OrderGroup(Guid id) => $"order-{id}";
}
