using System.Security.Claims;
using ServiceDefaults.Api;
using ServiceDefaults.Tokens;

namespace Basket.Api.Baskets;

/// <summary>The owner of the basket, taken from the access token only: no request can name another basket.</summary>
/// <param name="Network">The <see cref="ClientNetwork"/> of the request.</param>
public sealed record Buyer(Guid Id, bool IsGuest, Guid? GuestId, string? Name, string? Email, string Network)
{
    public static Buyer From(HttpContext context)
    {
        var user = context.User;
        return new(
            user.GetUserId(), user.IsGuest(), user.GetGuestId(), user.FindFirstValue("name"), user.FindFirstValue("email"),
            ClientNetwork.Of(context));
    }
}
