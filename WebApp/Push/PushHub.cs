using Microsoft.AspNetCore.SignalR;

namespace WebApp.Push;

/// <summary>
/// Sends changes to the open pages that show them. A connection outlives a page and follows only what its newest page shows: each call
/// replaces the one before, so that neither long visits nor hostile clients collect subscriptions.
/// </summary>
public sealed class PushHub(OrderTicket tickets) : Hub
{
    /// <summary>The most products that a connection follows; it follows at most one order.</summary>
    public const int MostProducts = 200;

    // Calls of one connection run one after the other, so its items need no lock.
    private static readonly object Products = new();
    private static readonly object Order = new();

    /// <summary>Prices and stock are public, so any page may follow any product.</summary>
    /// <param name="ids">Those of the page; products beyond <see cref="MostProducts"/> are left out.</param>
    public async Task FollowProducts(int[]? ids)
    {
        var wanted = (ids ?? []).Distinct().Take(MostProducts).ToHashSet();
        var followed = Context.Items[Products] as HashSet<int> ?? [];
        Context.Items[Products] = followed;

        foreach (var id in followed.Except(wanted).ToArray())
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, ProductGroup(id), Context.ConnectionAborted);
            followed.Remove(id);
        }

        foreach (var id in wanted.Except(followed).ToArray())
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, ProductGroup(id), Context.ConnectionAborted);
            followed.Add(id);
        }
    }

    /// <summary>An order is private: only the page that was rendered for its owner has the ticket.</summary>
    public async Task FollowOrder(Guid id, string? ticket)
    {
        if (!tickets.IsFor(id, ticket ?? ""))
        {
            throw new HubException("The ticket is not valid for this order.");
        }

        if (Context.Items[Order] is Guid before && before != id)
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, OrderGroup(before), Context.ConnectionAborted);
        }

        Context.Items[Order] = id;
        await Groups.AddToGroupAsync(Context.ConnectionId, OrderGroup(id), Context.ConnectionAborted);
    }

    public static string ProductGroup(int id) => $"product-{id}";

    public static string OrderGroup(Guid id) => $"order-{id}";
}
