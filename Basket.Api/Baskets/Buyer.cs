using System.Security.Claims;
using ServiceDefaults.Tokens;

namespace Basket.Api.Baskets;

/// <summary>The owner of the basket, taken from the access token only: no request can name another basket.</summary>
public sealed record Buyer(Guid Id, bool IsGuest, Guid? GuestId, string? Name, string? Email)
{
    public static Buyer From(ClaimsPrincipal user) =>
        new(user.GetUserId(), user.IsGuest(), user.GetGuestId(), user.FindFirstValue("name"), user.FindFirstValue("email"));
}
